package io.requartz.bench;

import static org.quartz.JobBuilder.newJob;
import static org.quartz.SimpleScheduleBuilder.simpleSchedule;
import static org.quartz.TriggerBuilder.newTrigger;

import com.zaxxer.hikari.HikariDataSource;
import io.requartz.jdbc.Pools;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.quartz.JobDetail;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.DBConnectionManager;

/**
 * Stock Quartz: JobStoreTX, clustered, on its own tables as they come in its jar. One durable job, a trigger a run, which is the
 * cheapest that it offers, and misfires are ignored, so that a slow round does not pay for them too. It has a connection for each
 * thread and more; keeps no history. It knows no retries.
 *
 * @param batch how many triggers it may acquire at once; 1 is its default, more needs its global lock
 */
record QuartzEngine(String name, int batch) implements Engine {

    private static final AtomicInteger SOURCES = new AtomicInteger();
    private static final AtomicInteger LOADS = new AtomicInteger();

    static QuartzEngine byDefault() {
        return new QuartzEngine("quartz", 1);
    }

    /** It never acquires more than it has idle threads, so a larger batch changes nothing. */
    static QuartzEngine tuned() {
        return new QuartzEngine("quartz-tuned", 50);
    }

    @Override
    public boolean does(Work work) {
        return work != Work.FLAKY;
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public void prepare(Place place) throws Exception {
        QuartzScript.create(place);
        try (QuartzMember member = enter(place, 1)) {
            for (Work work : Work.values()) {
                if (does(work)) {
                    member.scheduler().addJob(job(work), true);
                }
            }
        }
    }

    static JobDetail job(Work work) {
        return newJob(work.job()).withIdentity(work.type()).storeDurably().build();
    }

    static Trigger trigger(String name, Work work, Instant due) {
        return newTrigger()
                .withIdentity(name)
                .forJob(work.type())
                .startAt(Date.from(due))
                .withSchedule(simpleSchedule().withMisfireHandlingInstructionIgnoreMisfires())
                .build();
    }

    /** By copying rows: Quartz itself takes milliseconds a trigger. */
    @Override
    public void load(Place place, Work work, Instant due, int runs) throws Exception {
        if (runs == 0) {
            return;
        }
        String model = "loaded-" + LOADS.incrementAndGet() + "-";
        try (QuartzMember member = enter(place, 1)) {
            member.scheduler().scheduleJob(trigger(model, work, due));
        }
        QuartzCopies.make(place, model, runs);
    }

    @Override
    public QuartzMember enter(Place place, int threads) throws SchedulerException {
        return enter(place, threads, UnaryOperator.identity());
    }

    /** @param seen stands between Quartz and its pool */
    QuartzMember enter(Place place, int threads, UnaryOperator<DataSource> seen) throws SchedulerException {
        HikariDataSource pool = Pools.create("quartz", place.url(), place.user(), place.password(), threads + 5);
        String source = "bench-" + SOURCES.incrementAndGet();
        DBConnectionManager.getInstance().addConnectionProvider(source, new PoolConnections(seen.apply(pool)));
        StdSchedulerFactory factory = new StdSchedulerFactory(settings(place, source, threads));
        return new QuartzMember(factory.getScheduler(), pool);
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

    /** A completion is one transaction, and takes the fired row away. */
    @Override
    public String underWay() {
        return "SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS WHERE JOB_NAME <> 'timed'";
    }

    @Override
    public String openRuns() {
        return "SELECT COUNT(*) FROM QRTZ_TRIGGERS WHERE JOB_NAME <> 'timed'";
    }
}
