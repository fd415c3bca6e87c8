package io.requartz.admin.console;

import io.requartz.run.Activity;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What ended in the last hour, by minute; the last one is under way. */
final class Hour {

    static final int MINUTES = 60;

    /** Attempts of one minute. */
    record Minute(Instant at, long succeeded, long failed, long dead) {

        long all() {
            return succeeded + failed + dead;
        }
    }

    private final List<Minute> minutes;

    private Hour(List<Minute> minutes) {
        this.minutes = List.copyOf(minutes);
    }

    static Hour of(List<Activity> activity, Instant now) {
        Instant last = now.truncatedTo(ChronoUnit.MINUTES);
        long[][] counts = new long[MINUTES][3];
        for (Activity each : activity) {
            int slot = MINUTES - 1 - (int) Duration.between(each.minute(), last).toMinutes();
            if (slot >= 0 && slot < MINUTES && counted(each)) {
                counts[slot][kind(each)] += each.attempts();
            }
        }
        List<Minute> minutes = new ArrayList<>();
        for (int i = 0; i < MINUTES; i++) {
            Instant at = last.minus(Duration.ofMinutes(MINUTES - 1L - i));
            minutes.add(new Minute(at, counts[i][0], counts[i][1], counts[i][2]));
        }
        return new Hour(minutes);
    }

    private static boolean counted(Activity each) {
        return each.outcome() == AttemptOutcome.SUCCEEDED
                || (each.outcome() != null && each.outcome().countsAsFailure());
    }

    private static int kind(Activity each) {
        if (each.outcome() == AttemptOutcome.SUCCEEDED) {
            return 0;
        }
        return each.nextState() == RunState.DEAD ? 2 : 1;
    }

    List<Minute> minutes() {
        return minutes;
    }

    long succeeded() {
        return minutes.stream().mapToLong(Minute::succeeded).sum();
    }

    long finished() {
        return minutes.stream().mapToLong(Minute::all).sum();
    }

    /** 0 to 1; 0 if nothing ended. */
    double failureRate() {
        long finished = finished();
        return finished == 0 ? 0 : (double) (finished - succeeded()) / finished;
    }

    long busiest() {
        return minutes.stream().mapToLong(Minute::all).max().orElse(0);
    }
}
