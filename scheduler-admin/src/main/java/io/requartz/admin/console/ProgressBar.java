package io.requartz.admin.console;

import io.requartz.bulk.BulkProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far something is, drawn as parts of a whole.
 *
 * @param label the same in words
 */
record ProgressBar(List<Part> parts, String label) {

    static final int WIDTH = 700;

    /** @param tone class of the stylesheet */
    record Part(String x, String width, String tone) {}

    static ProgressBar of(BulkProgress progress) {
        List<Part> parts = new ArrayList<>();
        double whole = (double) Math.max(1, Math.max(progress.matched(), progress.seen()));
        double x = add(parts, 0, progress.done() / whole, "ok");
        x = add(parts, x, progress.skipped() / whole, "wait");
        add(parts, x, progress.failed() / whole, "dead");
        return new ProgressBar(
                parts,
                progress.percent() + " %: " + progress.done() + " done, " + progress.skipped() + " skipped, "
                        + progress.failed() + " refused, " + progress.left() + " left");
    }

    private static double add(List<Part> parts, double x, double share, String tone) {
        if (share > 0) {
            parts.add(new Part(number(x), number(share * WIDTH), tone));
        }
        return x + share * WIDTH;
    }

    private static String number(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }
}
