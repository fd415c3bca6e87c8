package io.requartz.walk;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.Migration;
import io.requartz.jdbc.Pools;
import io.requartz.testdb.TestDatabase;
import io.requartz.testdb.TestSchema;
import io.requartz.testing.Fault;
import io.requartz.testing.SettableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One walk from an empty database on; everything in it follows from its seed. */
final class Walk implements AutoCloseable {

    private static final Step[] STEPS = Step.values();
    private static final int WEIGHT =
            Arrays.stream(STEPS).mapToInt(Step::weight).sum();
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int FAULTY = 5;
    private static final int LATEST_FAULT = 45;
    private static final int REMEMBERED = 12;
    private static final int COMPARED_WHOLE = 100;

    private final long seed;
    private final Random random;
    private final TestSchema schema;
    private final HikariDataSource pool;
    private final SettableClock clock = SettableClock.atSomeTime();
    private final Nodes nodes;
    private final NodeSteps nodeSteps;
    private final PersonSteps personSteps;
    private final Comparison comparison;
    private final Deque<String> lately = new ArrayDeque<>();
    private final Map<Step, Integer> taken = new EnumMap<>(Step.class);
    private final Model model = new Model();
    private int faults;

    Walk(long seed) throws SQLException {
        this.seed = seed;
        this.random = new Random(seed);
        this.schema = TestDatabase.H2.fresh();
        this.pool = Pools.create("walk", schema.jdbcUrl(), schema.user(), schema.password(), 5);
        Database database = Database.of(pool, "walk");
        Migration.migrate(pool, database.dialect());
        this.nodes = new Nodes(pool, database, clock, random);
        Rows rows = new Rows(pool);
        this.comparison = new Comparison(model, rows, database, clock);
        this.nodeSteps = new NodeSteps(model, rows, nodes, clock, random);
        this.personSteps = new PersonSteps(model, rows, nodes, clock, random);
    }

    /** Takes so many steps, and then lets everything come to its end. */
    void go(int steps) {
        personSteps.createSchedules();
        for (int i = 1; i <= steps; i++) {
            Step step = next();
            Nodes.Planned fault = random.nextInt(FAULTY) == 0
                    ? new Nodes.Planned(
                            1 + random.nextInt(1 + random.nextInt(LATEST_FAULT)),
                            FAULTS.get(random.nextInt(FAULTS.size())))
                    : null;
            step(i, step, fault);
        }
        told("the end", this::finish);
    }

    private void step(int number, Step step, Nodes.Planned fault) {
        lately.addLast(number + " " + step + (fault == null ? "" : " with " + fault));
        if (lately.size() > REMEMBERED) {
            lately.removeFirst();
        }
        told("step " + number, () -> {
            take(step, fault);
            if (number % COMPARED_WHOLE == 0) {
                comparison.whole();
            } else {
                comparison.quick(nodes.any());
            }
        });
        taken.merge(step, 1, Integer::sum);
    }

    /** Whatever goes wrong says how to come here again. */
    private void told(String where, Runnable act) {
        try {
            act.run();
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(
                    "random walk of seed " + seed + ", at " + where + " (-D" + RandomWalkTest.SEED + "=" + seed
                            + " goes there again); lately: " + lately + "\n" + wrong.getMessage(),
                    wrong);
        }
    }

    private Step next() {
        int drawn = random.nextInt(WEIGHT);
        for (Step step : STEPS) {
            drawn -= step.weight();
            if (drawn < 0) {
                return step;
            }
        }
        throw new AssertionError("the weights do not add up");
    }

    private void take(Step step, Nodes.Planned fault) {
        switch (step) {
            case TURN -> faults += nodeSteps.turn(fault) ? 0 : 1;
            case DUTIES -> faults += nodeSteps.duties(fault) ? 0 : 1;
            case RECOVER -> {
                boolean done = nodeSteps.recover(fault);
                faults += done ? 0 : 1;
                if (done) {
                    comparison.doctor();
                }
            }
            case NODE_TAKES_AND_DIES -> nodeSteps.takeAndDie();
            case NODE_LEAVES -> nodes.leave();
            case TIME -> clock.advance(Duration.ofMillis(500 + random.nextInt(45_000)));
            case OUTAGE -> clock.advance(Duration.ofSeconds(60 + random.nextInt(600)));
            case CLOCK_SET_BACK -> clock.shift(Duration.ofSeconds(-1 - random.nextInt(60)));
            case CLOCK_SET_FORWARD -> clock.shift(Duration.ofSeconds(1 + random.nextInt(60)));
            default -> faults += personSteps.take(step, fault) ? 0 : 1;
        }
    }

    /** Everything is enabled and resumed, and nobody fails any more: then all must come to its end. */
    private void finish() {
        personSteps.openEverything();
        nodeSteps.recover(null);
        comparison.quick(nodes.any());
        for (int i = 0; i < 200 && model.runs.values().stream().anyMatch(run -> run.state.open()); i++) {
            personSteps.enableAll();
            nodeSteps.duties(null);
            comparison.quick(nodes.any());
            nodeSteps.turn(null);
            comparison.quick(nodes.any());
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(model.those(run -> run.state.open()))
                .as("runs that nobody finishes")
                .isEmpty();
        comparison.whole();
        nodeSteps.recover(null);
        comparison.doctor();
    }

    Map<Step, Integer> taken() {
        return taken;
    }

    /** How many steps a fault made uncertain. */
    int faults() {
        return faults;
    }

    String told() {
        return "random walk of seed " + seed + ": " + model.runs.size() + " runs, " + model.fires() + " fires, "
                + faults + " crashes";
    }

    @Override
    public void close() {
        try {
            nodes.close();
            pool.close();
            schema.close();
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
