package io.requartz.testdb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where one server keeps its data: {@code <temporary directory>/requartz-test-<user>/<jvm's pid>-<n>-<kind>}. It stops the server and is deleted with
 * the JVM; what a killed JVM leaves behind, its servers included, the next one that starts a server clears away.
 */
final class ServerDirectory {
    private static final List<String> PID_FILES = List.of("server.pid", "postmaster.pid");
    private static int created;

    private final Path root;

    private ServerDirectory(Path root) {
        this.root = root;
    }

    static synchronized ServerDirectory create(String kind) {
        try {
            Files.createDirectories(sharedByUser());
            clearAfterDeadJvms();
            created++;
            Path root = sharedByUser().resolve(ProcessHandle.current().pid() + "-" + created + "-" + kind);
            Files.createDirectories(root.resolve("data"));
            Files.createDirectories(root.resolve("tmp"));
            ServerDirectory directory = new ServerDirectory(root);
            Runtime.getRuntime().addShutdownHook(new Thread(directory::stopAndDelete, "stop-" + kind));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("No directory for " + kind + " below " + sharedByUser(), e);
        }
    }

    static Path sharedByUser() {
        return Path.of(System.getProperty("java.io.tmpdir"), "requartz-test-" + System.getProperty("user.name"));
    }

    Path data() {
        return root.resolve("data");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    Path socket() {
        return root.resolve("socket");
    }

    /** The process whose number the server wrote to the first line of this file in its data directory. */
    Optional<ProcessHandle> process(Path pidFile) {
        try (Stream<String> lines = Files.lines(data().resolve(pidFile))) {
            return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void stopAndDelete() {
        for (String pidFile : PID_FILES) {
            process(Path.of(pidFile)).filter(this::isOurs).ifPresent(ServerDirectory::stop);
        }
        delete(root);
    }

    /** A process number may have been given to somebody else's process since; a server of ours names its directory. */
    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(root.toString());
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        } catch (Exception e) {
            process.destroyForcibly();
        }
    }

    private static void clearAfterDeadJvms() throws IOException {
        try (Stream<Path> entries = Files.list(sharedByUser())) {
            for (Path entry : entries.toList()) {
                String[] name = entry.getFileName().toString().split("-", 2);
                if (name.length == 2
                        && name[0].matches("\\d+")
                        && ProcessHandle.of(Long.parseLong(name[0])).isEmpty()) {
                    new ServerDirectory(entry).stopAndDelete();
                }
            }
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // Somebody deletes it at the same time, or a server still writes to it: the next JVM's clearing gets the
            // rest.
        }
    }
}
