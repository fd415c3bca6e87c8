package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the random walk has found. */
class DisturbedSchedulesTest {

    private static final Actor ANNA = new Actor("token:anna");
    private static final int NO_MORE_CALLS = 50;

    private final SettableClock clock = SettableClock.atSomeTime();
    private TestSchema schema;
    private HikariDataSource pool;
    private Database database;
    private ManualScheduler node;

    @BeforeEach
    void join() throws Exception {
        schema = TestDatabase.H2.fresh();
        pool = Pools.create("disturbed", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        database = Database.of(pool, "disturbed");
        Migration.migrate(pool, database.dialect());
        node = join("one", database);
    }

    @AfterEach
    void leave() throws Exception {
        node.close();
        pool.close();
        schema.close();
    }

    private ManualScheduler join(String name, Database on) {
        return ManualScheduler.join(
                name, on, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
    }

    private void create(String name) throws JsonProcessingException {
        String body = "{\"type\": \"scripted\", \"every\": \"1h\", \"misfire\": \"run all\", \"overlap\": \"allow\"}";
        node.schedules().create(name, new JsonMapper().readTree(body), ANNA, null);
    }

    private List<String> hours(String name) {
        return node.schedules().fires(name, 200, null).items().stream()
                .map(fire -> fire.fire().time().toString().substring(11, 16))
                .toList();
    }

    @Test
    void aClockThatIsSetBackHoldsUpNothingThatIsDue() throws Exception {
        create("hourly");
        node.control().pause(null, ANNA, null);
        clock.advance(Duration.ofHours(2));
        node.turn();

        clock.shift(Duration.ofMinutes(-30));
        node.control().resume(null, ANNA, null);
        clock.advance(Duration.ofSeconds(1));
        node.turn();

        assertThat(hours("hourly")).containsExactly("10:00");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HALT_BEFORE", "HALT_AFTER"})
    void aScheduleCountsFromItsResumptionWhereverTheNodeThatResumedItDied(Fault fault) throws Exception {
        boolean met = true;
        for (int k = 1; met; k++) {
            assertThat(k).isLessThan(NO_MORE_CALLS);
            String name = fault + "-" + k;
            create(name);
            node.schedules().pause(name, ANNA, null);
            FaultyDataSource faulty = new FaultyDataSource(pool);
            ManualScheduler dying = join(
                    "dying-" + k, new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "disturbed"));
            faulty.arm(k, fault);
            try {
                dying.schedules().resume(name, ANNA, null);
            } catch (Problem unanswered) {
                // its client asks again, at another node
            }
            met = faulty.fired();
            faulty.disarm();
            dying.die();

            node.schedules().resume(name, ANNA, null);
            clock.advance(Duration.ofHours(2));
            node.runDue();

            assertThat(hours(name))
                    .as("%s at call %d: %s", fault, k, faulty.firedAt())
                    .hasSize(2);
            node.schedules().delete(name, null, ANNA, null);
        }
    }
}
