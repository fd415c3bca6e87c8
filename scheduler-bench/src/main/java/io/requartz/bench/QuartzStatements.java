package io.requartz.bench;

import io.requartz.bench.StatementsCommand.Scenario;
import io.requartz.testdb.RecordingDataSource;
import io.requartz.testdb.SentTransaction;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** A stock Quartz scheduler that runs for real, seen through its connections. */
record QuartzStatements(QuartzEngine quartz, int many, int threads) {

    List<Scenario> count(Place place) throws Exception {
        quartz.prepare(place);
        quartz.load(place, Work.NOOP, Instant.now(), many);
        AtomicReference<RecordingDataSource> recording = new AtomicReference<>();
        try (QuartzMember member = quartz.enter(place, threads, pool -> {
            recording.set(new RecordingDataSource(pool));
            return recording.get();
        })) {
            recording.get().take();
            Nodes node = Nodes.lent(member);
            long target = node.executed(Work.NOOP) + many;
            node.start();
            node.await(Work.NOOP, target);
            Scenario drained = scenario("runs that succeed, " + many + " due at once", many, settled(recording.get()));
            member.submit(Work.NOOP, Instant.now());
            node.await(Work.NOOP, target + 1);
            List<SentTransaction> sent = settled(recording.get());
            List<SentTransaction> submission = sent.stream()
                    .filter(transaction ->
                            transaction.thread().equals(Thread.currentThread().getName()))
                    .toList();
            List<SentTransaction> execution = sent.stream()
                    .filter(transaction -> !submission.contains(transaction))
                    .toList();
            return List.of(
                    scenario("submit", 1, submission), scenario("a run that succeeds, alone", 1, execution), drained);
        }
    }

    private Scenario scenario(String what, int runs, List<SentTransaction> sent) {
        return Scenario.of(quartz.name(), what, runs, sent);
    }

    /** What was sent by the scheduler's thread and by workers, once it is quiet; check-ins and misfires are by the minute. */
    private static List<SentTransaction> settled(RecordingDataSource recording) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        return recording.take().stream()
                .filter(sent -> !sent.thread().contains("ClusterManager")
                        && !sent.thread().contains("MisfireHandler"))
                .toList();
    }
}
