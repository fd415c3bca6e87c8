package io.requartz.admin.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Attempts a minute as bars, in a field of 700 by 160.
 *
 * @param label the same in words
 * @param top what the highest line stands for
 */
record MinuteChart(String label, List<Bar> bars, List<Tick> ticks, String top, boolean empty) {

    private static final double FLOOR = 130;
    private static final double HEIGHT = 100;
    private static final double STEP = 11.4;
    private static final double RIGHT = 696;

    record Bar(String x, String y, String height, String tone) {}

    record Tick(String x, String at, boolean last) {}

    static MinuteChart of(Hour hour, Times times) {
        long top = roundedUp(hour.busiest());
        List<Bar> bars = new ArrayList<>();
        List<Tick> ticks = new ArrayList<>();
        List<Hour.Minute> minutes = hour.minutes();
        for (int i = 0; i < minutes.size(); i++) {
            Hour.Minute minute = minutes.get(i);
            double x = 10 + i * STEP;
            double y = FLOOR;
            y = bar(bars, x, y, minute.succeeded(), top, "ok");
            y = bar(bars, x, y, minute.failed(), top, "retry");
            bar(bars, x, y, minute.dead(), top, "dead");
            if (i == 0 || i == 29 || i == minutes.size() - 1) {
                boolean last = i == minutes.size() - 1;
                String at = last ? "now" : times.distance(minute.at()).text();
                ticks.add(new Tick(text(last ? RIGHT : x), at, last));
            }
        }
        String label = hour.finished() == 0
                ? "Attempts a minute over the last hour: there were none"
                : "Attempts a minute over the last hour: " + Words.number(hour.succeeded()) + " succeeded, "
                        + Words.number(hour.finished() - hour.succeeded()) + " failed; the busiest minute had "
                        + Words.number(hour.busiest());
        return new MinuteChart(label, bars, ticks, Words.number(top) + " a minute", hour.finished() == 0);
    }

    /** @return where the next one stands */
    private static double bar(List<Bar> bars, double x, double y, long attempts, long top, String tone) {
        if (attempts == 0) {
            return y;
        }
        double height = Math.max(1, HEIGHT * attempts / top);
        bars.add(new Bar(text(x), text(y - height), text(height), tone));
        return y - height;
    }

    /** 1, 2, 5, 10, 20, 50, ...: a line that can be read. */
    static long roundedUp(long busiest) {
        long power = 1;
        while (true) {
            for (long step : new long[] {1, 2, 4, 5, 8}) {
                if (step * power >= Math.max(1, busiest)) {
                    return step * power;
                }
            }
            power *= 10;
        }
    }

    private static String text(double position) {
        return String.format(Locale.ROOT, "%.1f", position);
    }
}
