package io.requartz.admin.console;

import io.requartz.run.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A run's attempts drawn to scale, in a field of 700 by 74.
 *
 * @param label the same in words
 */
record TimeLine(String label, List<Bar> bars, List<Label> labels) {

    private static final int LEFT = 20;
    private static final int RIGHT = 680;
    private static final double NARROWEST = 4;
    private static final int MOST = 60;

    record Bar(String x, String width, String tone) {}

    record Label(String x, int y, String anchor, String text) {}

    /**
     * @param due when the next attempt may start; null: there is none
     * @return null if there is nothing to draw
     */
    static @Nullable TimeLine of(List<Attempt> all, @Nullable Instant due, Times times) {
        if (all.isEmpty()) {
            return null;
        }
        List<Attempt> attempts = all.subList(Math.max(0, all.size() - MOST), all.size());
        Drawing drawing = new Drawing(attempts.get(0).startedAt(), end(attempts, due, times.now()));
        List<String> words = new ArrayList<>();
        for (Attempt attempt : attempts) {
            Instant ended = attempt.endedAt() == null ? times.now() : attempt.endedAt();
            String tone = attempt.endedAt() == null ? "run" : toneOf(attempt);
            drawing.attempt(attempt.number(), attempt.startedAt(), ended, tone);
            words.add(
                    attempt.number() + " at " + times.clock(attempt.startedAt()).text());
        }
        if (due != null && due.isAfter(times.now())) {
            drawing.attempt(attempts.get(attempts.size() - 1).number() + 1, due, due, "next");
        }
        return new TimeLine("Attempts on a time line: " + String.join(", ", words), drawing.bars, drawing.labels);
    }

    private static String toneOf(Attempt attempt) {
        return AttemptItem.of(attempt, null, null, null, new Times(attempt.startedAt()))
                .tone();
    }

    private static Instant end(List<Attempt> attempts, @Nullable Instant due, Instant now) {
        Attempt last = attempts.get(attempts.size() - 1);
        Instant end = last.endedAt() == null ? now : last.endedAt();
        return due != null && due.isAfter(end) ? due : end;
    }

    /** Not thread-safe. */
    private static final class Drawing {

        private final Instant from;
        private final double perMilli;
        private final List<Bar> bars = new ArrayList<>();
        private final List<Label> labels = new ArrayList<>();
        private double drawnTo = LEFT;
        private double labelledTo;
        private @Nullable Instant endedAt;

        Drawing(Instant from, Instant to) {
            this.from = from;
            this.perMilli = (RIGHT - LEFT - NARROWEST)
                    / (double) Math.max(1, Duration.between(from, to).toMillis());
        }

        void attempt(int number, Instant start, Instant end, String tone) {
            double x = Math.min(Math.max(at(start), drawnTo), RIGHT - NARROWEST);
            double width = Math.max(NARROWEST, Math.min(at(end), RIGHT) - x);
            if (endedAt != null) {
                gap(drawnTo, x, Duration.between(endedAt, start));
            }
            bars.add(new Bar(text(x), text(width), tone));
            if (x >= labelledTo) {
                labels.add(new Label(text(x), 18, "start", Integer.toString(number)));
                labelledTo = x + 16;
            }
            drawnTo = x + width + 1;
            endedAt = end;
        }

        private void gap(double left, double right, Duration waited) {
            if (right - left >= 48) {
                labels.add(new Label(text((left + right) / 2), 60, "middle", Times.span(waited)));
            }
        }

        private double at(Instant time) {
            return LEFT + Duration.between(from, time).toMillis() * perMilli;
        }

        private static String text(double position) {
            return String.format(Locale.ROOT, "%.1f", position);
        }
    }
}
