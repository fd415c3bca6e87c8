package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.Stands;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Walks at random through what happens to the runs of one scope, on a real database, beside a reference that counts what was executed
 * in the order in which it was.
 */
class ScopeRandomWalkTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int LIMIT = 3;

    private enum Step {
        SUBMIT_OK,
        SUBMIT_FAILING,
        SUBMIT_RETRIED,
        PROBE_OK,
        PROBE_FAILING,
        MANUAL_OK,
        MANUAL_FAILING,
        TURN,
        RELEASE,
        TIME,
        RESET,
        ENABLE,
        DISABLE,
        CANCEL_HELD,
        RETRY_HELD,
        CRASH
    }

    private static TestSchema schema;
    private static HikariDataSource pool;
    private static Database database;
    private static SettableClock clock;
    private static ManualScheduler scheduler;
    private static int restaurant;

    @BeforeContainer
    static void join() throws SQLException {
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("walk", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "walk");
        Migration.migrate(pool, database.dialect());
        clock = SettableClock.atSomeTime();
        scheduler = ManualScheduler.join(
                "walker", database, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
    }

    @AfterContainer
    static void leave() throws SQLException {
        scheduler.close();
        pool.close();
        schema.close();
    }

    /** What is known of a run that was submitted. */
    private record Known(Stands stands, List<String> script) {
        boolean succeeds(int attempt) {
            return script.get(Math.min(attempt, script.size()) - 1).equals("ok");
        }
    }

    /** Counts for itself, from what was executed and what people did. */
    private static final class Reference {
        private int failures;
        private boolean byPerson;
        private boolean byFailures;

        void ended(boolean success) {
            failures = success ? 0 : failures + 1;
            byFailures = !success && !byPerson && (byFailures || failures >= LIMIT);
        }

        void reset() {
            failures = 0;
            byFailures = false;
        }

        void enable() {
            if (byPerson || byFailures) {
                reset();
                byPerson = false;
            }
        }

        void disable() {
            byPerson = true;
            byFailures = false;
        }

        boolean lets(Stands stands, boolean manual) {
            return manual || (!byPerson && (!byFailures || stands == Stands.PROBE));
        }
    }

    private static final class Walk {
        private final Reference reference = new Reference();
        private final Map<String, Known> runs = new HashMap<>();
        private int seen = ScriptedJob.EXECUTED.size();

        void submit(String type, boolean manual, String... script) {
            Run run = scheduler
                    .runs()
                    .submit(Submission.of(type)
                            .payload(ScopedTypes.payload(restaurant, script))
                            .manual(manual)
                            .by(ANNA)
                            .build())
                    .run();
            runs.put(run.id(), new Known(type.equals("daily") ? Stands.PROBE : Stands.GATED, List.of(script)));
        }

        Scope scope() {
            return scheduler
                    .scopes()
                    .list(new ScopeFilter("sync", null, false, Map.of("restaurant_id", "" + restaurant)), 1, null)
                    .items()
                    .get(0)
                    .scope();
        }

        void turn() {
            Reference before = new Reference();
            before.byPerson = reference.byPerson;
            before.byFailures = reference.byFailures;
            scheduler.turn();
            List<String> executed = List.copyOf(ScriptedJob.EXECUTED.subList(seen, ScriptedJob.EXECUTED.size()));
            seen += executed.size();
            for (String attempt : executed) {
                String id = attempt.substring(0, attempt.indexOf('#'));
                Known run = runs.get(id);
                assertThat(before.lets(
                                run.stands(), scheduler.runs().get(id).origin().manual()))
                        .as("%s of a scope that holds it", run)
                        .isTrue();
                reference.ended(run.succeeds(Integer.parseInt(attempt.substring(attempt.indexOf('#') + 1))));
            }
        }

        List<Run> held() {
            return runs.keySet().stream()
                    .map(id -> scheduler.runs().get(id))
                    .filter(run -> run.state() == RunState.PARKED)
                    .limit(1)
                    .toList();
        }

        /** A node takes what is due and dies; its attempts are lost, and count for nothing here. */
        void crash() {
            ManualScheduler dying = ManualScheduler.join(
                    "dying", database, ScopedTypes.plugins(), clock, Gate.OPEN, ScopedTypes.definitions());
            dying.takeWithoutRunning();
            dying.die();
            scheduler.outliveDeadPeers();
        }

        void take(Step step) {
            switch (step) {
                case SUBMIT_OK -> submit("hourly", false, "ok");
                case SUBMIT_FAILING -> submit("hourly", false, "500");
                case SUBMIT_RETRIED -> submit("scripted", false, "500", "500", "ok");
                case PROBE_OK -> submit("daily", false, "ok");
                case PROBE_FAILING -> submit("daily", false, "500", "ok");
                case MANUAL_OK -> submit("hourly", true, "ok");
                case MANUAL_FAILING -> submit("hourly", true, "500");
                case TURN -> turn();
                case RELEASE -> scheduler.releaseParked();
                case TIME -> scheduler.advance(Duration.ofSeconds(15));
                case RESET -> {
                    scheduler.scopes().reset(scope().id(), ANNA, null);
                    reference.reset();
                }
                case ENABLE -> {
                    scheduler.scopes().enable(scope().id(), ANNA, null);
                    reference.enable();
                }
                case DISABLE -> {
                    scheduler.scopes().disable(scope().id(), ANNA, null);
                    reference.disable();
                }
                case CANCEL_HELD -> held().forEach(run -> scheduler.runs().cancel(run.id(), ANNA, null));
                case RETRY_HELD -> held().forEach(run -> scheduler.runs().retryNow(run.id(), ANNA, null, null, null));
                case CRASH -> crash();
            }
        }

        void compare(Step step) {
            Scope scope = scope();
            assertThat(scope.state().failures()).as("failures after %s", step).isEqualTo(reference.failures);
            assertThat(scope.state().automatic()).as("automatic after %s", step).isEqualTo(reference.byFailures);
            assertThat(scope.state().disabled())
                    .as("disabled after %s", step)
                    .isEqualTo(reference.byFailures || reference.byPerson);
        }

        /** What waits must all come to its end once nothing fails and nothing is disabled any more. */
        void finish() {
            for (int i = 0; i < 200 && openRuns() > 0; i++) {
                take(Step.ENABLE);
                scheduler.releaseParked();
                turn();
                scheduler.advance(Duration.ofMinutes(1));
            }
            turn();
            assertThat(openRuns()).as("runs that nobody lets go").isZero();
        }

        long openRuns() {
            return scheduler.runs().list(RunFilter.ALL, 200, null).items().stream()
                    .filter(run -> run.state().open())
                    .count();
        }
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void theScopeCountsAsTheReferenceDoesAndLosesNothing(@ForAll("walks") List<Step> steps) {
        restaurant++;
        Walk walk = new Walk();
        walk.submit("hourly", false, "ok");
        for (Step step : steps) {
            walk.take(step);
            walk.compare(step);
        }
        walk.finish();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock).strict().examine())
                .isEmpty();
    }

    @Provide
    Arbitrary<List<Step>> walks() {
        return Arbitraries.frequency(
                        Tuple.of(4, Step.SUBMIT_OK),
                        Tuple.of(8, Step.SUBMIT_FAILING),
                        Tuple.of(5, Step.SUBMIT_RETRIED),
                        Tuple.of(2, Step.PROBE_OK),
                        Tuple.of(3, Step.PROBE_FAILING),
                        Tuple.of(1, Step.MANUAL_OK),
                        Tuple.of(2, Step.MANUAL_FAILING),
                        Tuple.of(14, Step.TURN),
                        Tuple.of(4, Step.RELEASE),
                        Tuple.of(5, Step.TIME),
                        Tuple.of(1, Step.RESET),
                        Tuple.of(1, Step.ENABLE),
                        Tuple.of(1, Step.DISABLE),
                        Tuple.of(1, Step.CANCEL_HELD),
                        Tuple.of(1, Step.RETRY_HELD),
                        Tuple.of(1, Step.CRASH))
                .list()
                .ofMinSize(100)
                .ofMaxSize(150);
    }
}
