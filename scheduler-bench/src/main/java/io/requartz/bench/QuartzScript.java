package io.requartz.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import org.quartz.impl.jdbcjobstore.JobStoreTX;

/** The script in Quartz's jar that creates its tables. */
final class QuartzScript {

    private QuartzScript() {}

    static void create(Place place) throws IOException, SQLException {
        String script = text(
                place.postgresql() ? "tables_postgres.sql" : place.h2() ? "tables_h2.sql" : "tables_mysql_innodb.sql");
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : script.split(";")) {
                String bare = sql.strip();
                // DROP: there is nothing yet. COMMIT: each statement is its own.
                if (!bare.isEmpty() && !bare.toUpperCase(java.util.Locale.ROOT).matches("(?s)(DROP|COMMIT).*")) {
                    statement.execute(bare);
                }
            }
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream script = JobStoreTX.class.getResourceAsStream(name)) {
            String whole = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return whole.lines()
                    .filter(line -> !line.startsWith("--") && !line.startsWith("#"))
                    .collect(Collectors.joining("\n"));
        }
    }
}
