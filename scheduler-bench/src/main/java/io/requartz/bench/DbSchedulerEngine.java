package io.requartz.bench;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.PlainScheduleAndData;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTaskWithPersistentSchedule;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * db-scheduler at its best. Where it can, which is on PostgreSQL and MySQL, it locks and fetches at once, with the limits that its
 * documentation names for high throughput: new work is fetched as soon as fewer runs are at hand than there are threads, up to four
 * a thread. Elsewhere it fetches, and locks each run when it begins. A connection for each thread and more. Its table, and those of
 * its indexes that it uses without priorities. It keeps no history.
 */
final class DbSchedulerEngine implements Engine {

    private static final String SCHEDULED = "scheduled";
    private static final Duration POLL = Duration.ofMillis(100);

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public boolean does(Work work) {
        return true;
    }

    @Override
    public boolean slow() {
        return false;
    }

    @Override
    public void prepare(Place place) throws SQLException {
        try (Connection connection = place.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : table(place)) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> table(Place place) {
        boolean mysql = place.mysql();
        String text = mysql ? "VARCHAR(100)" : "TEXT";
        if (place.h2()) {
            text = "VARCHAR(100)";
        }
        String time = mysql ? "TIMESTAMP(6)" : "TIMESTAMP WITH TIME ZONE";
        String bytes = place.postgresql() ? "BYTEA" : "BLOB";
        return List.of(
                """
                CREATE TABLE scheduled_tasks (
                  task_name %1$s NOT NULL,
                  task_instance %1$s NOT NULL,
                  task_data %3$s,
                  execution_time %2$s NOT NULL,
                  picked BOOLEAN NOT NULL,
                  picked_by %1$s,
                  last_success %2$s NULL,
                  last_failure %2$s NULL,
                  consecutive_failures INT,
                  last_heartbeat %2$s NULL,
                  version BIGINT NOT NULL,
                  priority SMALLINT,
                  PRIMARY KEY (task_name, task_instance))""".formatted(text, time, bytes),
                "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
                "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)");
    }

    @Override
    public DbSchedulerMember enter(Place place, int threads) throws SQLException {
        HikariDataSource pool = pool(place, threads + 5);
        Map<Work, OneTimeTask<Void>> tasks = new EnumMap<>(Work.class);
        for (Work work : Work.values()) {
            tasks.put(work, task(work));
        }
        DbSchedulerMember.Completions completions = new DbSchedulerMember.Completions();
        RecurringTaskWithPersistentSchedule<PlainScheduleAndData> schedules = Tasks.recurringWithPersistentSchedule(
                        SCHEDULED, PlainScheduleAndData.class)
                .execute((instance, context) -> Timed.begun(context.getExecution().executionTime));
        List<Task<?>> known = new ArrayList<>(tasks.values());
        known.add(schedules);
        SchedulerBuilder builder = Scheduler.create(pool, known)
                .threads(threads)
                .schedulerName(new SchedulerName.Fixed(
                        "bench-" + UUID.randomUUID().toString().substring(0, 8)))
                .pollingInterval(POLL)
                .enableImmediateExecution()
                .alwaysPersistTimestampInUTC()
                .failureLogging(LogLevel.OFF, false)
                .addSchedulerListener(completions);
        if (locksAndFetches(place)) {
            builder.pollUsingLockAndFetch(1.0, 4.0);
        } else {
            builder.pollUsingFetch(0.5, 3.0);
        }
        return new DbSchedulerMember(builder.build(), pool, tasks, schedules, completions);
    }

    private static OneTimeTask<Void> task(Work work) {
        return switch (work) {
            case NOOP -> Tasks.oneTime(work.type()).execute((instance, context) -> Done.one(work));
            case TIMED ->
                Tasks.oneTime(work.type())
                        .execute((instance, context) -> Timed.begun(context.getExecution().executionTime));
            case FLAKY ->
                Tasks.oneTime(work.type())
                        .onFailure(new FailureHandler.OnFailureRetryLater<>(Duration.ZERO))
                        .execute((instance, context) -> {
                            Done.one(work);
                            if (context.getExecution().consecutiveFailures < Flaky.FAILURES) {
                                throw new UncheckedIOException(new IOException("HTTP 503"));
                            }
                        });
        };
    }

    private static boolean locksAndFetches(Place place) throws SQLException {
        try (Connection connection = place.connect()) {
            return List.of("PostgreSQL", "MySQL")
                    .contains(connection.getMetaData().getDatabaseProductName());
        }
    }

    private static HikariDataSource pool(Place place, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("db-scheduler");
        config.setJdbcUrl(place.url());
        config.setUsername(place.user());
        config.setPassword(place.password());
        config.setMaximumPoolSize(size);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        if (place.postgresql()) {
            config.addDataSourceProperty("reWriteBatchedInserts", "true");
        } else if (place.url().startsWith("jdbc:mysql:")) {
            config.addDataSourceProperty("rewriteBatchedStatements", "true");
        }
        return new HikariDataSource(config);
    }

    /** A completion is one transaction, and takes the row away. What waits for later is due in months. */
    @Override
    public String underWay() {
        return openRuns() + " AND execution_time < '"
                + LocalDate.now(ZoneOffset.UTC).plusDays(10) + " 00:00:00'";
    }

    @Override
    public String openRuns() {
        return "SELECT COUNT(*) FROM scheduled_tasks WHERE task_name NOT IN ('timed', '" + SCHEDULED + "')";
    }
}
