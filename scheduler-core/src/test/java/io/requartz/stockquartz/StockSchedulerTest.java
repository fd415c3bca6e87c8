package io.requartz.stockquartz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.quartz.JobDetail;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.listeners.JobListenerSupport;
import org.quartz.simpl.SimpleThreadPool;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/** A whole scheduler of Quartz's, with threads; what ours does instead is in {@link InsteadTest}. */
class StockSchedulerTest {

    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final AtomicInteger SCHEDULERS = new AtomicInteger();

    /** Fails where nobody expects it. */
    private static final class Throwing extends JobListenerSupport {
        private final CountDownLatch thrown = new CountDownLatch(1);

        @Override
        public String getName() {
            return "throwing";
        }

        @Override
        public void jobWasExecuted(JobExecutionContext context, JobExecutionException failed) {
            thrown.countDown();
            throw new IllegalStateException("the mail server is down");
        }
    }

    private record Connections(HikariDataSource pool) implements ConnectionProvider {

        @Override
        public Connection getConnection() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void shutdown() {
            // whoever made it closes it
        }

        @Override
        public void initialize() {
            // it is
        }
    }

    private static Scheduler scheduler(StockDatabase database) throws SchedulerException {
        String name = "stock-scheduler-" + SCHEDULERS.incrementAndGet();
        DBConnectionManager.getInstance().addConnectionProvider(name, new Connections(database.pool()));
        Properties settings = new Properties();
        settings.put("org.quartz.scheduler.instanceName", name);
        settings.put("org.quartz.scheduler.instanceId", "a");
        settings.put("org.quartz.threadPool.class", SimpleThreadPool.class.getName());
        settings.put("org.quartz.threadPool.threadCount", "1");
        settings.put("org.quartz.jobStore.class", JobStoreTX.class.getName());
        settings.put("org.quartz.jobStore.dataSource", name);
        settings.put("org.quartz.jobStore.isClustered", "true");
        return new StdSchedulerFactory(settings).getScheduler();
    }

    @Test
    void anExecutionWhoseListenerThrowsStaysForEver() throws Exception {
        try (StockDatabase database = StockDatabase.create()) {
            Scheduler scheduler = scheduler(database);
            Throwing listener = new Throwing();
            scheduler.getListenerManager().addJobListener(listener);
            JobDetail job = StockJobs.plain();
            scheduler.scheduleJob(
                    job, TriggerBuilder.newTrigger().withIdentity("once").build());

            scheduler.start();
            assertThat(listener.thrown.await(ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            scheduler.shutdown(true);

            assertThat(database.fired()).containsExactly("once EXECUTING a");
            assertThat(database.triggers()).containsExactly("once COMPLETE");
        }
    }

    @Test
    void aJobThatCannotBeMadeOnceNeverRunsAgain() throws Exception {
        try (StockDatabase database = StockDatabase.create()) {
            Scheduler scheduler = scheduler(database);
            AtomicInteger asked = new AtomicInteger();
            scheduler.setJobFactory((bundle, of) -> {
                asked.incrementAndGet();
                throw new SchedulerException("its jar is being replaced");
            });
            JobDetail job = StockJobs.plain();
            scheduler.addJob(job, true);
            for (String later : new String[] {"in an hour", "in two"}) {
                scheduler.scheduleJob(TriggerBuilder.newTrigger()
                        .withIdentity(later)
                        .forJob(job)
                        .startAt(Date.from(Instant.now().plusSeconds(3_600)))
                        .build());
            }
            scheduler.scheduleJob(
                    TriggerBuilder.newTrigger().withIdentity("now").forJob(job).build());

            scheduler.start();
            await().atMost(ENOUGH)
                    .until(() -> asked.get() > 0 && database.fired().isEmpty());
            scheduler.shutdown(true);

            assertThat(database.triggers()).containsExactly("in an hour ERROR", "in two ERROR", "now ERROR");
        }
    }
}
