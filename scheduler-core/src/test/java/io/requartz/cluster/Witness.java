package io.requartz.cluster;

import io.requartz.api.RunContext;
import io.requartz.time.Ticker;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * Appends what jobs of this JVM see to one file, each line in one write, so that a process that is killed leaves whole lines. Not
 * through a channel: an interrupt would close it. Thread-safe.
 */
final class Witness {

    /** Names the file. */
    static final String FILE = "requartz.test.witness";

    /** Names the node. */
    static final String NODE = "requartz.test.node";

    private static final Witness HERE =
            new Witness(Path.of(System.getProperty(FILE, "none")), System.getProperty(NODE));

    private final Path file;
    private final String node;
    private final long pid = ProcessHandle.current().pid();
    private final Ticker ticker = Ticker.system();
    private final InstantSource clock = InstantSource.system();
    private FileOutputStream out;

    private Witness(Path file, String node) {
        this.file = file;
        this.node = node;
    }

    static Witness here() {
        return HERE;
    }

    synchronized void saw(Sighting.Kind kind, RunContext run) {
        Sighting sighting = new Sighting(
                kind, run.runId(), run.attempt(), run.fencingToken(), node, pid, ticker.nanoTime(), clock.millis());
        try {
            if (out == null) {
                out = new FileOutputStream(file.toFile(), true);
            }
            out.write(sighting.line().getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException("no witness can be borne to " + file, failed);
        }
    }
}
