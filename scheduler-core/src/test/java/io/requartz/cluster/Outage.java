package io.requartz.cluster;

import io.requartz.testdb.DatabaseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A database server that was running and does not answer. */
final class Outage implements AutoCloseable {

    enum Kind {
        /** SIGSTOP for all its processes: connections stay open, and nothing answers. */
        FREEZE,
        /** SIGKILL for all its processes: connections are refused; then it is started again. */
        KILL
    }

    private final Kind kind;
    private final ProcessHandle server;
    private final List<ProcessHandle> processes;
    private final List<String> command;
    private final Path directory;

    private Outage(Kind kind, ProcessHandle server) {
        this.kind = kind;
        this.server = server;
        this.processes = Stream.concat(Stream.of(server), server.descendants()).toList();
        Path proc = Path.of("/proc", String.valueOf(server.pid()));
        try {
            this.command = List.of(Files.readString(proc.resolve("cmdline")).split("\0"));
            this.directory = proc.resolve("cwd").toRealPath();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String toString() {
        return command.get(0);
    }

    static Outage begin(Kind kind, DatabaseServer of) {
        Outage outage = new Outage(kind, of.process().orElseThrow());
        for (ProcessHandle process : outage.processes) {
            if (process.isAlive()) {
                Signals.send(kind == Kind.FREEZE ? "STOP" : "KILL", process.pid());
            }
        }
        return outage;
    }

    @Override
    public void close() {
        if (kind == Kind.FREEZE) {
            processes.stream().filter(ProcessHandle::isAlive).forEach(process -> Signals.send("CONT", process.pid()));
            return;
        }
        List<String> again = new ArrayList<>();
        if (command.get(0).contains("postgres")
                && System.getProperty("user.name").equals("root")) {
            // it refuses to run as root, and does not know itself as root in a user namespace of its own
            again.addAll(List.of("unshare", "-U"));
        }
        again.addAll(command);
        try {
            server.onExit().join();
            new ProcessBuilder(again)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
