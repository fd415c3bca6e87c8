package io.requartz.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of a witness file: what a job itself saw of its attempt.
 *
 * @param nanos the machine's monotonic clock, the same for all its processes
 * @param wall milliseconds since 1970
 */
record Sighting(Kind kind, String run, int attempt, long token, String node, long pid, long nanos, long wall) {

    enum Kind {
        BEGIN,
        /** Something that the world outside can see. */
        EFFECT,
        END
    }

    /** Run and attempt. */
    String key() {
        return Evidence.key(run, attempt);
    }

    String line() {
        return kind + " " + run + " " + attempt + " " + token + " " + node + " " + pid + " " + nanos + " " + wall
                + "\n";
    }

    private static Sighting parse(String line) {
        String[] part = line.split(" ", -1);
        return new Sighting(
                Kind.valueOf(part[0]),
                part[1],
                Integer.parseInt(part[2]),
                Long.parseLong(part[3]),
                part[4],
                Long.parseLong(part[5]),
                Long.parseLong(part[6]),
                Long.parseLong(part[7]));
    }

    /** All that the witness files of a directory say, in the order of time. A line that is just being written is left out. */
    static List<Sighting> in(Path directory) {
        List<Sighting> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".witness")).toList()) {
                String text = Files.readString(file);
                text.substring(0, text.lastIndexOf('\n') + 1)
                        .lines()
                        .map(Sighting::parse)
                        .forEach(all::add);
            }
        } catch (IOException failed) {
            throw new IllegalStateException("the witness files of " + directory + " cannot be read", failed);
        }
        all.sort(Comparator.comparingLong(Sighting::nanos));
        return all;
    }
}
