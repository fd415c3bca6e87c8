package io.requartz.testdb;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** PostgreSQL from a jar, started by this JVM and stopped with it. */
final class PostgresServer extends DatabaseServer {
    private final EmbeddedPostgres postgres;
    private final ServerDirectory directory;

    private PostgresServer(EmbeddedPostgres postgres, ServerDirectory directory) {
        this.postgres = postgres;
        this.directory = directory;
    }

    static PostgresServer start() {
        ServerDirectory directory = ServerDirectory.create("postgresql");
        try {
            // The library switches fsync and synchronous_commit off. A crash test on such a server would prove nothing.
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(directory.data())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "300")
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            return new PostgresServer(postgres, directory);
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start in " + directory.data(), e);
        }
    }

    @Override
    public OptionalInt port() {
        return OptionalInt.of(postgres.getPort());
    }

    @Override
    public Optional<ProcessHandle> process() {
        return directory.process(Path.of("postmaster.pid"));
    }

    @Override
    public void close() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL in " + directory.data() + " did not stop", e);
        } finally {
            directory.stopAndDelete();
        }
    }

    @Override
    public TestSchema createSchema(String name) throws SQLException {
        execute(urlOf("postgres"), "postgres", "", "CREATE DATABASE " + name);
        return new TestSchema(this, name, urlOf(name), "postgres", "");
    }

    @Override
    void dropSchema(TestSchema schema) throws SQLException {
        execute(urlOf("postgres"), "postgres", "", "DROP DATABASE IF EXISTS " + schema.name() + " WITH (FORCE)");
    }

    private String urlOf(String database) {
        return "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database;
    }
}
