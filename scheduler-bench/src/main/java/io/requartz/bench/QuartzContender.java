package io.requartz.bench;

import static org.quartz.JobBuilder.newJob;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Pools;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;

/**
 * Stock Quartz: JobStoreTX, clustered, on its own tables as they come in its jar. One durable job, a trigger a run, which is the
 * cheapest that it offers, and misfires are ignored, so that a slow round does not pay for them too. It has a connection for each
 * thread and more; keeps no history.
 *
 * @param batch how many triggers it may acquire at once; 1 is its default, more needs its global lock
 */
record QuartzContender(String name, int batch) implements Contender {

    private static final AtomicInteger SOURCES = new AtomicInteger();
    private static final JobKey JOB = new JobKey("noop");

    static QuartzContender byDefault() {
        return new QuartzContender("quartz", 1);
    }

    static QuartzContender batched(int batch) {
        return new QuartzContender("quartz-batch-" + batch, batch);
    }

    @Override
    public void prepare(Place place) throws Exception {
        QuartzScript.create(place);
    }

    @Override
    public void load(Place place, int runs) throws Exception {
        try (QuartzBout bout = enter(place, 1)) {
            Set<Trigger> triggers = new HashSet<>();
            for (int i = 0; i < runs; i++) {
                triggers.add(due("run-" + i));
            }
            bout.scheduler().scheduleJobs(Map.of(job(), triggers), true);
        }
    }

    static JobDetail job() {
        return newJob(Noop.class).withIdentity(JOB).storeDurably().build();
    }

    static Trigger due(String name) {
        return newTrigger()
                .withIdentity(name)
                .forJob(JOB)
                .startAt(new Date())
                .withSchedule(simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
                .build();
    }

    @Override
    public QuartzBout enter(Place place, int threads) throws Exception {
        return enter(place, threads, UnaryOperator.identity());
    }

    /** @param seen stands between Quartz and its pool */
    QuartzBout enter(Place place, int threads, UnaryOperator<DataSource> seen) throws SchedulerException {
        HikariDataSource pool = Pools.create("quartz", place.url(), place.user(), place.password(), threads + 5);
        String source = "bench-" + SOURCES.incrementAndGet();
        DBConnectionManager.getInstance().addConnectionProvider(source, new PoolConnections(seen.apply(pool)));
        StdSchedulerFactory factory = new StdSchedulerFactory(settings(place, source, threads));
        return new QuartzBout(factory.getScheduler(), pool);
    }

    private Properties settings(Place place, String source, int threads) {
        Properties settings = new Properties();
        settings.put("org.quartz.scheduler.instanceId", "AUTO");
        settings.put("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.put("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        settings.put("org.quartz.threadPool.threadCount", Integer.toString(threads));
        settings.put("org.quartz.jobStore.class", WatchedJobStore.class.getName());
        settings.put("org.quartz.jobStore.dataSource", source);
        settings.put("org.quartz.jobStore.isClustered", "true");
        settings.put(
                "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore." + (place.postgresql() ? "PostgreSQLDelegate" : "StdJDBCDelegate"));
        // the table rows carry the scheduler's name: loading and draining are two processes' worth of one scheduler
        settings.put("org.quartz.scheduler.instanceName", "bench");
        if (batch > 1) {
            settings.put("org.quartz.scheduler.batchTriggerAcquisitionMaxCount", Integer.toString(batch));
            settings.put("org.quartz.jobStore.acquireTriggersWithinLock", "true");
        }
        return settings;
    }

    @Override
    public List<String> openRows() {
        return List.of("SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS", "SELECT COUNT(*) FROM QRTZ_TRIGGERS");
    }
}
