package io.requartz.bench;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.quartz.JobDetail;
import org.quartz.Trigger.CompletedExecutionInstruction;
import org.quartz.impl.jdbcjobstore.JobStoreTX;
import org.quartz.spi.OperableTrigger;

/** Quartz's own store, which tells when a completion is committed: no polling disturbs the measurement. */
// JobStoreTX itself overrides a generic method by a raw one
@SuppressWarnings("unchecked")
public final class WatchedJobStore extends JobStoreTX {

    private static final Semaphore COMPLETED = new Semaphore(0);

    static void forget() {
        COMPLETED.drainPermits();
    }

    static void awaitCompletion() throws InterruptedException {
        if (!COMPLETED.tryAcquire(Engine.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("a run was not completed within " + Engine.PATIENCE);
        }
    }

    @Override
    public void triggeredJobComplete(
            OperableTrigger trigger, JobDetail detail, CompletedExecutionInstruction instruction) {
        super.triggeredJobComplete(trigger, detail, instruction);
        COMPLETED.release();
    }
}
