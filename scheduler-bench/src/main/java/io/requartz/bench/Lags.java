package io.requartz.bench;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How late runs began in this process, by the clock that all processes of a machine share. */
final class Lags {

    private static final ConcurrentLinkedQueue<Long> MICROS = new ConcurrentLinkedQueue<>();

    private Lags() {}

    static void begun(Instant due) {
        MICROS.add(due.until(Instant.now(), ChronoUnit.MICROS));
    }

    /** In microseconds, those since it was asked last. */
    static List<Long> take() {
        List<Long> taken = new ArrayList<>();
        for (Long next = MICROS.poll(); next != null; next = MICROS.poll()) {
            taken.add(next);
        }
        return taken;
    }
}
