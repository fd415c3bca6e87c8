package io.requartz.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.node.Doctor;
import io.requartz.plugin.Plugins;
import io.requartz.run.Actor;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.store.ScriptedJob;
import io.requartz.testdb.TestDatabase;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Lets a node die, or its database fail, at every single call of a fire that cancels two waiting runs and makes two others, and
 * looks whether each time and cell has its one run in the end.
 */
abstract class ScheduleCrashEnumerationTest extends CallByCall {

    private static final Actor ANNA = new Actor("token:anna");
    private static final Duration HOUR = Duration.ofHours(1);

    /** @param step 1 for every call; n for every n-th, beginning elsewhere for each fault */
    ScheduleCrashEnumerationTest(TestDatabase kind, int step) {
        super(kind, step);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void eachTimeAndCellHasItsOneRunWhereverItDies(Fault fault) throws Exception {
        atCalls(fault, 20, k -> survives(fault, k));
    }

    /** False if the story was over before its k-th call. */
    private boolean survives(Fault fault, int k) throws Exception {
        empty("RQ_DEFINITIONS", "RQ_SCHEDULES", "RQ_SCHEDULE_FIRES");
        clock = SettableClock.atSomeTime();
        leaveRunsThatWait();
        FaultyDataSource faulty = new FaultyDataSource(pool);
        ManualScheduler victim =
                join("victim", new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"));
        faulty.arm(k, fault);
        try {
            victim.turn();
        } catch (RuntimeException died) {
            // what is left is looked at below
        } finally {
            faulty.disarm();
            victim.die();
        }
        if (!faulty.fired()) {
            return false;
        }
        finish(fault + " at call " + k + ": " + faulty.firedAt());
        return true;
    }

    /** The fire of 10:00 made two runs; each has failed once and waits for its next attempt when 11:00 has come. */
    private void leaveRunsThatWait() throws Exception {
        JsonNode body = new JsonMapper().readTree("""
                {"type": "scripted", "every": "1h", "overlap": "supersede", "payload": {"script": ["503", "ok"]},
                 "matrix": {"shop": [1, 2]}}""");
        ManualScheduler before = join("before", database);
        before.schedules().create("hourly", body, ANNA, null);
        clock.advance(HOUR);
        before.turn();
        clock.advance(HOUR);
        before.close();
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(
                name, on, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
    }

    private void finish(String where) {
        ManualScheduler survivor = join("survivor", database);
        survivor.outliveDeadPeers();
        for (int i = 0; i < 5; i++) {
            survivor.runDue();
            survivor.advance(Duration.ofMinutes(2));
        }

        List<FireWithRun> fires = survivor.schedules().fires("hourly", 20, null).items();
        assertThat(fires)
                .as(where)
                .extracting(fire -> fire.fire().time().toString().substring(11, 16) + " "
                        + fire.fire().cell() + " " + fire.runState())
                .containsExactly(
                        "11:00 shop=2 " + RunState.SUCCEEDED,
                        "11:00 shop=1 " + RunState.SUCCEEDED,
                        "10:00 shop=2 " + RunState.CANCELLED,
                        "10:00 shop=1 " + RunState.CANCELLED);
        assertThat(survivor.runs().list(RunFilter.ALL, 20, null).items())
                .as(where)
                .hasSize(4);
        survivor.close();
        assertThat(new Doctor(database, ManualScheduler.LEASE, clock)
                        .withPause(Duration.ZERO)
                        .strict()
                        .examine())
                .as(where)
                .isEmpty();
    }
}
