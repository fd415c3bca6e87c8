package io.requartz.cluster;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the client asked for and what it was told, in memory and in a file: {@code SENT}, then {@code ACKED} with the run's id,
 * {@code UNKNOWN}, or nothing at all if the client died. Thread-safe.
 */
final class ClientLog {

    /**
     * One submission.
     *
     * @param key its idempotency key, the client's own
     * @param run the run that was acknowledged; null if the answer is unknown
     */
    record Entry(String key, String type, String run) {

        boolean acknowledged() {
            return run != null;
        }
    }

    private final Path file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private FileOutputStream out;

    ClientLog(Path file) {
        this.file = file;
    }

    synchronized void sent(String key, String type) {
        entries.put(key, new Entry(key, type, null));
        write("SENT " + key + " " + type);
    }

    synchronized void acked(String key, String run) {
        entries.computeIfPresent(key, (same, entry) -> new Entry(same, entry.type(), run));
        write("ACKED " + key + " " + run);
    }

    synchronized void unknown(String key, String why) {
        write("UNKNOWN " + key + " " + why.lines().findFirst().orElse(""));
    }

    /** All so far, by key. */
    synchronized Map<String, Entry> entries() {
        return new LinkedHashMap<>(entries);
    }

    private void write(String line) {
        try {
            if (out == null) {
                out = new FileOutputStream(file.toFile(), true);
            }
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
