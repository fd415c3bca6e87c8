package io.requartz.bench;

import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Gives out empty schemas on one database server. */
final class Places {

    private final String database;
    private final AtomicInteger given = new AtomicInteger();

    /** @param database a name, or a JDBC URL whose user may create schemas */
    Places(String database) {
        this.database = database;
    }

    Place next() throws Exception {
        String name = "rq_bench_" + ProcessHandle.current().pid() + "_" + given.incrementAndGet();
        if (database.startsWith("jdbc:postgresql:")) {
            return postgresqlSchema(name);
        }
        if (database.startsWith("jdbc:mysql:") || database.startsWith("jdbc:mariadb:")) {
            return mysqlDatabase(name);
        }
        return switch (database.toLowerCase(Locale.ROOT)) {
            case "h2" -> h2File(name);
            case "postgresql", "mariadb", "mysql" ->
                of(TestDatabase.valueOf(database.toUpperCase(Locale.ROOT)).fresh());
            default ->
                throw new IllegalArgumentException(
                        "--database is '" + database
                                + "'; expected postgresql, mariadb, mysql, h2, or a URL of jdbc:postgresql, jdbc:mysql or jdbc:mariadb");
        };
    }

    private static Place of(TestSchema schema) {
        return new Place(schema.jdbcUrl(), schema.user(), schema.password(), schema::close);
    }

    /** As a node uses it that is told of no database: in a file, every commit handed to the operating system. */
    private static Place h2File(String name) throws IOException {
        Path directory = Files.createTempDirectory(name);
        String url = "jdbc:h2:file:" + directory.resolve("bench") + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
        return new Place(url, "requartz", "", () -> {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        });
    }

    private Place postgresqlSchema(String name) throws SQLException {
        execute("CREATE SCHEMA " + name);
        String url = database + (database.contains("?") ? "&" : "?") + "currentSchema=" + name;
        return new Place(url, null, null, () -> execute("DROP SCHEMA " + name + " CASCADE"));
    }

    private Place mysqlDatabase(String name) throws SQLException {
        execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        int options = database.indexOf('?');
        String address = options < 0 ? database : database.substring(0, options);
        int path = address.indexOf('/', address.indexOf("//") + 2);
        String url = (path < 0 ? address : address.substring(0, path)) + "/" + name
                + (options < 0 ? "" : database.substring(options));
        return new Place(url, null, null, () -> execute("DROP DATABASE " + name));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
