package io.requartz.node;

import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.Submission;
import io.requartz.store.ScopedTypes;
import io.requartz.store.ScriptedHourlyJob;
import io.requartz.store.ScriptedJob;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs in every state, made by the real classes, each with a name for the tests. Only the running ones are written by hand: they are
 * those of a node {@code other} that is busy.
 */
final class ClinicRuns implements AutoCloseable {

    static final String OTHER_BOOT = "other.aaaabbbbcccc";

    private static final Actor ANNA = new Actor("token:anna");

    private final Database database;
    private final SettableClock clock;
    private final ManualScheduler scheduler;
    private final Map<String, String> ids = new LinkedHashMap<>();

    ClinicRuns(Database database, SettableClock clock) {
        this.database = database;
        this.clock = clock;
        this.scheduler = ManualScheduler.join("manual", database, types(), clock, gate(), ScopedTypes.definitions());
    }

    /** Only {@code hourly} stands in a scope. */
    private static Plugins types() {
        return Plugins.builder()
                .configured(type -> type.name().equals("hourly") ? ScopedTypes.configured(type) : type)
                .add(ScriptedJob.class)
                .add(ScriptedHourlyJob.class)
                .build();
    }

    /** Holds whoever says so in the payload. */
    private static Gate gate() {
        return (tx, batch) -> {
            Map<String, Gate.Hold> held = new HashMap<>();
            batch.stream()
                    .filter(run -> run.payload().contains("park"))
                    .forEach(run -> held.put(run.runId(), new Gate.Hold("breaker", "shop")));
            return held;
        };
    }

    void make() throws SQLException {
        for (String name : new String[] {"failed", "counted", "disabling", "held"}) {
            add(name, Submission.of("hourly").payload(ScopedTypes.payload(1, "500")));
            scheduler.runDue();
        }
        submit("succeeded", "ok");
        submit("refused", "refuse");
        submit("resolved", "refuse");
        submit("rejected", "refuse");
        submit("again", "refuse");
        submit("exhausted", "500", "503", "500", "500");
        submit("later-ok", "500", "ok");
        submit("parked", "park");
        runAll();
        scheduler.deadLetters().resolve(id("resolved"), ANNA, null);
        scheduler.deadLetters().reject(id("rejected"), ANNA, "no use");
        scheduler.runs().retryNow(id("again"), ANNA, "once more", "{\"script\": [\"refuse\", \"500\"]}", null);
        submit("retrying", "500", "ok");
        submit("dead", "refuse");
        scheduler.runDue();
        wait("cancelled", null);
        scheduler.runs().cancel(id("cancelled"), ANNA, null);
        run("lost");
        // time passes, and what is due by now is left waiting
        scheduler.outliveDeadPeers();
        wait("scheduled", null);
        wait("unique", "order-7");
        run("running");
    }

    private void runAll() {
        for (int i = 0; i < 5; i++) {
            scheduler.runDue();
            clock.advance(Duration.ofHours(1));
        }
    }

    private void submit(String name, String... script) {
        add(name, Submission.of("scripted").payload("{\"script\": [\"" + String.join("\", \"", script) + "\"]}"));
    }

    private void wait(String name, String uniqueKey) {
        add(name, Submission.of("scripted").delay(Duration.ofDays(30)).uniqueWhileOpen(uniqueKey));
    }

    private void add(String name, Submission.Builder wish) {
        Run run = scheduler.runs().submit(wish.by(ANNA).build()).run();
        ids.put(name, run.id());
    }

    /** A run that the other node is busy with. */
    private void run(String name) throws SQLException {
        wait(name, null);
        String id = id(name);
        long now = clock.millis();
        execute(
                "DELETE FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = '" + id + "#1'",
                "UPDATE RQ_RUNS SET STATE = 'RUNNING', ATTEMPTS = 1, NODE = 'other', DUE_AT = NULL, CYCLE_STARTED_AT = "
                        + now + " WHERE ID = '" + id + "'",
                "DELETE FROM RQ_NODES WHERE BOOT_ID = '" + OTHER_BOOT + "'",
                """
                INSERT INTO RQ_NODES (BOOT_ID, NODE_ID, STATE, BEAT, LEASE_MS, STARTED_AT, LAST_BEAT_AT, HOST, PID, CODE_VERSION,
                    WORKERS, RUNNING, JOB_TYPES)
                VALUES ('%s', 'other', 'ACTIVE', 7, 10000, %d, %2$d, 'h', 1, '1', 1, 1, '[]')""".formatted(OTHER_BOOT, now),
                """
                INSERT INTO RQ_ATTEMPTS (RUN_ID, ATTEMPT_NO, CYCLE, FIRE_ID, NODE, STARTED_AT)
                VALUES ('%s', 1, 1, '%s.%s', 'other', %d)""".formatted(id, OTHER_BOOT, name, now),
                """
                INSERT INTO QRTZ_FIRED_TRIGGERS (SCHED_NAME, ENTRY_ID, TRIGGER_NAME, TRIGGER_GROUP, INSTANCE_NAME, FIRED_TIME,
                    SCHED_TIME, PRIORITY, STATE, JOB_NAME, JOB_GROUP, IS_NONCONCURRENT, REQUESTS_RECOVERY)
                VALUES ('%s', '%s.%s', '%s#1', 'requartz', '%2$s', %d, %5$d, 5, 'EXECUTING', 'scripted', 'requartz', FALSE, FALSE)""".formatted(database.cluster(), OTHER_BOOT, name, id, now));
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }

    String id(String name) {
        return ids.get(name);
    }

    /** With the ids of runs in the place of their names: {@code {dead}}. */
    String named(String text) {
        String result = text;
        for (Map.Entry<String, String> run : ids.entrySet()) {
            result = result.replace("{" + run.getKey() + "}", run.getValue());
        }
        return result;
    }

    Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        ids.forEach(
                (name, id) -> states.put(name, scheduler.runs().get(id).state().name()));
        return states;
    }

    @Override
    public void close() {
        scheduler.close();
    }
}
