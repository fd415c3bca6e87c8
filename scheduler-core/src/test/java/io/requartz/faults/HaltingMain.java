package io.requartz.faults;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.guard.Gate;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.JdbcTransactions;
import io.requartz.jdbc.Pools;
import io.requartz.plugin.Plugins;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import io.requartz.testing.Fault;
import io.requartz.testing.FaultyDataSource;
import io.requartz.testing.ManualScheduler;
import io.requartz.testing.SettableClock;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A node that tells one story, a run that fails once and then succeeds, and ends by {@code Runtime.halt} at the call to the database that it
 * is told: JDBC URL, user, password, fault and number of the call are its arguments.
 */
public final class HaltingMain {

    static final int HALTED = 137;

    /** Begins the line that says which run was acknowledged. */
    static final String ACKNOWLEDGED = "ACKNOWLEDGED ";

    private HaltingMain() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (HikariDataSource pool = Pools.create("halting", arguments[0], arguments[1], arguments[2], 3)) {
            Database database = Database.of(pool, "test");
            FaultyDataSource faulty = new FaultyDataSource(pool);
            faulty.onHalt(() -> Runtime.getRuntime().halt(HALTED));
            tell(
                    new Database(faulty, new JdbcTransactions(faulty), database.dialect(), "test"),
                    run -> out.println(ACKNOWLEDGED + run),
                    () -> faulty.arm(Integer.parseInt(arguments[4]), Fault.valueOf(arguments[3])));
        }
    }

    /**
     * @param acknowledged told the run's id
     * @param ready called once the node has joined, before anything else
     */
    static void tell(Database database, Consumer<String> acknowledged, Runnable ready) {
        SettableClock clock = SettableClock.atSomeTime();
        ManualScheduler node = ManualScheduler.join(
                "halting", database, Plugins.builder().add(ScriptedJob.class).build(), clock, Gate.OPEN);
        ready.run();
        String run = node.runs()
                .submit(Submission.of("scripted")
                        .payload("{\"script\": [\"503\", \"ok\"]}")
                        .idempotencyKey("the one")
                        .build())
                .run()
                .id();
        acknowledged.accept(run);
        while (node.runs().get(run).state() != RunState.SUCCEEDED) {
            node.runDue();
            clock.advance(Duration.ofMinutes(1));
        }
        node.close();
    }
}
