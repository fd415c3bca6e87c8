package io.requartz.bench;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.bench.StatementsCommand.Scenario;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.Submission;
import io.requartz.testdb.RecordingDataSource;
import io.requartz.testdb.SentTransaction;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The node's real classes, driven by hand, so that a batch is exactly as large as it was meant to be. */
final class RequartzStatements {

    private static final String NAME = "requartz";

    private final int many;

    RequartzStatements(int many) {
        this.many = Math.min(many, 100);
    }

    List<Scenario> count(Place place) throws SQLException {
        try (HikariDataSource pool = Pools.create(NAME, place.url(), place.user(), place.password(), 5)) {
            RecordingDataSource recording = new RecordingDataSource(pool);
            Database database = Database.of(recording, NAME);
            Migration.migrate(pool, database.dialect());
            Plugins jobs = Plugins.builder().add(Noop.class).add(Failing.class).build();
            try (ManualScheduler node = ManualScheduler.join(database, jobs, SettableClock.atSomeTime())) {
                return new Counting(node, recording).count();
            }
        }
    }

    private final class Counting {

        private final ManualScheduler node;
        private final RecordingDataSource recording;
        private final List<Scenario> scenarios = new ArrayList<>();

        Counting(ManualScheduler node, RecordingDataSource recording) {
            this.node = node;
            this.recording = recording;
        }

        List<Scenario> count() {
            turn();
            add("submit", 1, submit("noop", "{}", 1));
            add("a run that succeeds, alone", 1, turn());
            submit("failing", "{\"status\": 503}", 1);
            add("an attempt that fails and will be retried", 1, turn());
            submit("failing", "{\"status\": 400}", 1);
            add("a run that dies", 1, turn());
            submit("noop", "{}", 20);
            add("runs that succeed, in a batch of 20", 20, turn());
            submit("noop", "{}", many);
            add("runs that succeed, in a batch of " + many, many, turn());
            turn();
            add("a look when nothing is due", 1, turn());
            return scenarios;
        }

        private void add(String what, int runs, List<SentTransaction> sent) {
            scenarios.add(Scenario.of(NAME, what, runs, sent));
        }

        private List<SentTransaction> submit(String type, String payload, int runs) {
            recording.take();
            for (int i = 0; i < runs; i++) {
                node.runs().submit(Submission.of(type).payload(payload).build());
            }
            return recording.take();
        }

        /** Without the heartbeat and the look for foreign triggers, which are by the second and not by the run. */
        private List<SentTransaction> turn() {
            recording.take();
            node.turn();
            return recording.take().stream()
                    .filter(sent -> !sent.only("RQ_NODES"))
                    .filter(sent -> !sent.sent().get(0).sql().contains("MIN(NEXT_FIRE_TIME)"))
                    .toList();
        }
    }
}
