package io.requartz.faults;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.requartz.testdb.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** All crash enumerations of a database, at every single call, outside a build. */
public final class CrashPoints {

    private static final Map<TestDatabase, List<Class<?>>> TESTS = Map.of(
            TestDatabase.POSTGRESQL,
            List.of(
                    PostgreSqlCrashEnumerationTest.class,
                    PostgreSqlSubmissionCrashEnumerationTest.class,
                    PostgreSqlScopeCrashEnumerationTest.class,
                    PostgreSqlScheduleCrashEnumerationTest.class,
                    PostgreSqlBulkCrashEnumerationTest.class,
                    PostgreSqlHaltedProcessTest.class),
            TestDatabase.MARIADB,
            List.of(
                    MariaDbCrashEnumerationTest.class,
                    MariaDbSubmissionCrashEnumerationTest.class,
                    MariaDbScopeCrashEnumerationTest.class,
                    MariaDbScheduleCrashEnumerationTest.class,
                    MariaDbBulkCrashEnumerationTest.class,
                    MariaDbHaltedProcessTest.class),
            TestDatabase.MYSQL,
            List.of(
                    MySqlCrashEnumerationTest.class,
                    MySqlSubmissionCrashEnumerationTest.class,
                    MySqlScopeCrashEnumerationTest.class,
                    MySqlScheduleCrashEnumerationTest.class,
                    MySqlBulkCrashEnumerationTest.class,
                    MySqlHaltedProcessTest.class));

    private CrashPoints() {}

    /**
     * Goes through all of them, once in this JVM.
     *
     * @param seed draws the calls at which processes are halted
     * @param telling told of each test when it is over
     * @return what did not hold; empty if everything was tested and held
     */
    public static List<String> examine(TestDatabase database, long seed, Consumer<String> telling) {
        System.setProperty(CallByCall.CALLS, CallByCall.ALL);
        System.setProperty(HaltedProcessTest.HALTS, HaltedProcessTest.TENTH);
        System.setProperty(HaltedProcessTest.SEED, String.valueOf(seed));
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(TESTS.get(database).stream()
                        .map(test -> selectClass(test))
                        .toList())
                .build();
        Listener listener = new Listener(telling);
        LauncherFactory.create().execute(request, listener);
        return listener.broken;
    }

    private static final class Listener implements TestExecutionListener {

        private final List<String> broken = new ArrayList<>();
        private final Consumer<String> telling;

        private Listener(Consumer<String> telling) {
            this.telling = telling;
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                broken.add(test.getUniqueId() + ": "
                        + result.getThrowable().map(Throwable::toString).orElse("" + result.getStatus()));
            }
            if (test.isTest()) {
                telling.accept(result.getStatus() + ": " + test.getParentId().orElse("") + " " + test.getDisplayName());
            }
        }

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            broken.add(test.getUniqueId() + " was left out: " + reason);
        }
    }
}
