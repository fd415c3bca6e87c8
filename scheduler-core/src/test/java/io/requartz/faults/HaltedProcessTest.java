package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The crash enumeration once more, with processes that are really halted: connections break, and the server finds out by itself. At
 * three calls only; {@code -Drequartz.test.halts=tenth} and {@code -Drequartz.test.seed=...} for a tenth of them, and for the same again.
 */
@Tag("cluster")
abstract class HaltedProcessTest {

    static final String HALTS = "requartz.test.halts";
    static final String TENTH = "tenth";
    static final String SEED = "requartz.test.seed";

    private static final int AT_LEAST = 3;
    private static final List<Fault> HALTING = List.of(Fault.HALT_BEFORE, Fault.HALT_AFTER);

    private final TestDatabase database;

    HaltedProcessTest(TestDatabase database) {
        this.database = database;
    }

    @Test
    void aSurvivorFinishesWhatAHaltedProcessBegan() throws Exception {
        long seed = Long.getLong(SEED, ThreadLocalRandom.current().nextInt(1_000_000));
        Random random = new Random(seed);
        int calls = calls();
        int halts = TENTH.equals(System.getProperty(HALTS)) ? Math.max(AT_LEAST, calls / 10) : AT_LEAST;
        for (int i = 0; i < halts; i++) {
            // spread evenly, at random within each part
            int k = 1 + (int) ((i + random.nextDouble()) * calls / halts);
            Fault fault = HALTING.get(random.nextInt(HALTING.size()));
            String where = database + ", seed " + seed + ": " + fault + " at call " + k + " of " + calls;
            System.out.println(where);
            haltAt(fault, k, where);
        }
    }

    private static int calls() throws Exception {
        try (TestSchema schema = TestDatabase.H2.fresh();
                HikariDataSource pool = pool(schema)) {
            Database database = Database.of(pool, "test");
            Migration.migrate(pool, database.dialect());
            FaultyDataSource counted = new FaultyDataSource(pool);
            int[] before = new int[1];
            HaltingMain.tell(
                    new Database(counted, new JdbcTransactions(counted), database.dialect(), "test"),
                    run -> {},
                    () -> before[0] = counted.calls());
            return counted.calls() - before[0];
        }
    }

    private static HikariDataSource pool(TestSchema schema) {
        return Pools.create("halted", schema.jdbcUrl(), schema.user(), schema.password(), 5);
    }

    private void haltAt(Fault fault, int k, String where) throws Exception {
        try (TestSchema schema = database.fresh();
                HikariDataSource pool = pool(schema)) {
            Database opened = Database.of(pool, "test");
            Migration.migrate(pool, opened.dialect());
            boolean acknowledged = runUntilHalted(schema, fault, k, where);

            SettableClock clock = SettableClock.atSomeTime();
            clock.advance(Duration.ofHours(1));
            ManualScheduler survivor = ManualScheduler.join(
                    "survivor", opened, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
            survivor.outliveDeadPeers();
            for (int i = 0; i < 5; i++) {
                survivor.runDue();
                survivor.advance(Duration.ofMinutes(10));
            }
            List<Run> runs = survivor.runs().list(RunFilter.ALL, 10, null).items();
            assertThat(runs).as(where).hasSizeBetween(acknowledged ? 1 : 0, 1);
            for (Run run : runs) {
                assertThat(run.state()).as(where).isEqualTo(RunState.SUCCEEDED);
                assertThat(survivor.runs().attempts(run.id()))
                        .as(where)
                        .extracting(Attempt::outcome)
                        .doesNotContainNull()
                        .containsOnlyOnce(AttemptOutcome.SUCCEEDED);
            }
            survivor.close();
            assertThat(new Doctor(opened, ManualScheduler.LEASE, clock).strict().examine())
                    .as(where)
                    .isEmpty();
        }
    }

    /** @return whether its submission was acknowledged */
    private static boolean runUntilHalted(TestSchema schema, Fault fault, int k, String where)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltingMain.class.getName(),
                        schema.jdbcUrl(),
                        schema.user(),
                        schema.password(),
                        fault.name(),
                        String.valueOf(k))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // past the story's last call there is nothing to halt it
        assertThat(process.waitFor()).as(where + "\n" + output).isIn(HaltingMain.HALTED, 0);
        return output.lines().anyMatch(line -> line.startsWith(HaltingMain.ACKNOWLEDGED));
    }
}
