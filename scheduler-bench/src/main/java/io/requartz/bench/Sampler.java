package io.requartz.bench;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does the same again and again in a thread of its own, and a last time when it is closed. */
final class Sampler implements AutoCloseable {

    private static final long EVERY_MILLIS = 250;

    private final Runnable sample;
    private final ScheduledFuture<?> sampling;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    Sampler(Runnable sample) {
        this.sample = sample;
        this.sampling = timer.scheduleWithFixedDelay(sample, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        sampling.cancel(false);
        timer.shutdown();
        try {
            if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a sample takes more than a minute");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        sample.run();
    }
}
