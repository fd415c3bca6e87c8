package io.requartz.bench;

import io.requartz.config.DatabaseConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;

/** Requartz as it ships: history, fencing and all, everything by default but the number of threads. */
final class RequartzEngine implements Engine {

    @Override
    public String name() {
        return Engines.REQUARTZ;
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
    public void prepare(Place place) {
        open("bench", place, 1).close();
    }

    @Override
    public RequartzMember enter(Place place, int threads) {
        return enterAs("bench-" + ProcessHandle.current().pid(), place, threads);
    }

    /** @param id of the node, no other of which is in the cluster */
    RequartzMember enterAs(String id, Place place, int threads) {
        return new RequartzMember(open(id, place, threads));
    }

    /** An outcome is one transaction, and takes the fired row away. */
    @Override
    public String underWay() {
        return "SELECT COUNT(*) FROM QRTZ_FIRED_TRIGGERS WHERE JOB_NAME <> 'timed'";
    }

    @Override
    public String openRuns() {
        return "SELECT COUNT(*) FROM RQ_RUNS WHERE STATE <> 'SUCCEEDED' AND TYPE <> 'timed'";
    }

    private static RequartzNode open(String id, Place place, int threads) {
        RequartzConfig config = RequartzConfig.of(id, Path.of("."))
                .withDatabase(database(place))
                .withWorkers(new WorkersConfig(threads, WorkersConfig.DEFAULT.batch()));
        Plugins.Builder jobs = Plugins.builder();
        for (Work work : Work.values()) {
            jobs.add(work.job());
        }
        return RequartzNode.open(config, jobs.build());
    }

    static DatabaseConfig database(Place place) {
        return new DatabaseConfig(
                place.url(),
                place.user() == null ? "" : place.user(),
                Secret.of(place.password() == null ? "" : place.password()),
                10,
                Duration.ofSeconds(10));
    }
}
