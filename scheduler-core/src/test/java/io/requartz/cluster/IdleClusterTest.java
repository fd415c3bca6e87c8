package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What three nodes ask of their database that have nothing to do, as their server counts it. */
class IdleClusterTest {

    private static final Duration WATCHED = Duration.ofSeconds(10);

    @TempDir
    private Path directory;

    @Test
    void threeIdleNodesMakeFewerThanTenStatementsASecond() throws Exception {
        List<RequartzNode> nodes = new ArrayList<>();
        try (TestSchema schema = TestDatabase.MARIADB.fresh();
                Connection connection = schema.connect()) {
            try {
                for (int i = 1; i <= 3; i++) {
                    nodes.add(node("node-" + i, schema));
                }
                nodes.forEach(RequartzNode::start);
                settle();
                Map<String, Long> before = counts(connection);

                settle();

                Map<String, Long> after = counts(connection);
                Map<String, Double> perSecond = new HashMap<>();
                after.forEach((kind, count) ->
                        perSecond.put(kind, (count - before.get(kind)) / (double) WATCHED.toSeconds()));
                double statements = perSecond.get("Com_select")
                        + perSecond.get("Com_insert")
                        + perSecond.get("Com_update")
                        + perSecond.get("Com_delete");
                assertThat(statements).as("%s", perSecond).isBetween(1.0, 9.9);
            } finally {
                nodes.forEach(RequartzNode::close);
            }
        }
    }

    private static void settle() {
        await().pollDelay(WATCHED).atMost(WATCHED.multipliedBy(2)).until(() -> true);
    }

    private RequartzNode node(String id, TestSchema schema) {
        return RequartzNode.open(
                RequartzConfig.of(id, directory)
                        .withDatabase(new DatabaseConfig(
                                schema.jdbcUrl(),
                                schema.user(),
                                Secret.of(schema.password()),
                                10,
                                Duration.ofSeconds(5))),
                Plugins.builder().add(WitnessJob.class).build());
    }

    private static Map<String, Long> counts(Connection connection) throws SQLException {
        Map<String, Long> counts = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SHOW GLOBAL STATUS WHERE Variable_name IN"
                                + " ('Com_select', 'Com_insert', 'Com_update', 'Com_delete', 'Com_commit', 'Com_rollback', 'Questions')")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }
}
