package io.requartz.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What nodes use, each the greatest of all of them.
 *
 * @param memory in MB, of the whole process
 */
record Figures(int threads, int connections, int memory) {

    /** The pool's, the heart's, and one that is just being replaced. */
    static final int MOST_CONNECTIONS = ClusterNodeMain.POOL + 2;

    static Figures of(Machinery machinery) throws IOException {
        int threads = 0;
        int connections = 0;
        int memory = 0;
        for (Machinery.Place place : machinery.places()) {
            List<String> status = Files.readAllLines(
                    Path.of("/proc", String.valueOf(place.node().pid()), "status"));
            threads = Math.max(threads, number(status, "Threads:"));
            memory = Math.max(memory, number(status, "VmRSS:") / 1024);
            connections = Math.max(connections, place.proxy().connections());
        }
        return new Figures(threads, connections, memory);
    }

    private static int number(List<String> status, String key) {
        return status.stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.replaceAll("\\D", ""))
                .map(Integer::valueOf)
                .findFirst()
                .orElse(0);
    }

    @Override
    public String toString() {
        return threads + " threads, " + connections + " connections, " + memory + " MB a node";
    }
}
