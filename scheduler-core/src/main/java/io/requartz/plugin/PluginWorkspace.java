package io.requartz.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private directory with the copies that the plugins' classes are read from, so that replacing or deleting a jar in the plugin
 * directory never disturbs a running node: a JVM whose open jar changes under it reads garbage. Deleted when closed; what a killed
 * process left behind is deleted by the next one. Not thread-safe.
 */
final class PluginWorkspace implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PluginWorkspace.class);
    private static final String PREFIX = "requartz-plugins-";
    private static final String LOCK = "in-use.lock";

    private final Path directory;
    private final FileChannel channel;
    private int copies;

    /** @param sha256 of what was copied, in hex */
    record Copy(Path file, String sha256) {}

    private PluginWorkspace(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** @param parent where the directory is made, as the JVM's directory for temporary files */
    static PluginWorkspace open(Path parent) throws IOException {
        String own = PREFIX + thisProcess() + "-";
        sweep(parent, own);
        Path directory = Files.createTempDirectory(parent, own);
        FileChannel channel =
                FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock(); // held until closed: tells a later process's sweep that this one lives
        return new PluginWorkspace(directory, channel);
    }

    /** Process ids repeat, in containers at each start; with the start time they do not. */
    private static String thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        long started = process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return process.pid() + "-" + started;
    }

    /** Each copy gets a directory of its own, so that a relative Class-Path in a manifest finds nothing. */
    Copy copy(Path jar, long maxBytes) throws IOException, PluginRefused {
        Path home = Files.createDirectory(directory.resolve(Integer.toString(copies++)));
        Path file = home.resolve("plugin.jar");
        MessageDigest digest = sha256();
        long total = 0;
        try (InputStream in = Files.newInputStream(jar);
                OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[64 << 10];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                total += n;
                if (total > maxBytes) {
                    throw new PluginRefused(
                            "the file is larger than " + (maxBytes >> 20) + " MiB",
                            "Leave out of the jar what the job does not need, or keep large data outside of it.");
                }
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
        }
        return new Copy(file, HexFormat.of().formatHex(digest.digest()));
    }

    /** Deletes the copies; what cannot be deleted is left to a later sweep. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("lock of {} could not be closed", directory, e);
        }
        delete(directory);
    }

    private static void sweep(Path parent, String own) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path old : found) {
                // Where locks are POSIX, merely closing a second channel would drop the lock that this process holds.
                if (!old.getFileName().toString().startsWith(own)) {
                    deleteIfAbandoned(old);
                }
            }
        } catch (IOException | RuntimeException e) {
            log.debug("left-over plugin copies in {} could not be swept", parent, e);
        }
    }

    private static void deleteIfAbandoned(Path directory) {
        Path lockFile = directory.resolve(LOCK);
        if (!Files.isRegularFile(lockFile)) {
            return; // just being made, or not ours
        }
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null) {
                delete(directory);
            }
        } catch (IOException e) {
            log.debug("left-over plugin copies {} could not be examined", directory, e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            log.debug("{} could not be deleted", directory, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
