package io.requartz.bench;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows with aligned columns: the first to the left, the others, which are numbers, to the right. */
final class Columns {

    private final List<String[]> rows = new ArrayList<>();

    Columns(String... heads) {
        rows.add(heads);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    void print(PrintWriter out) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                String gap = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 ? row[i] + gap : "  " + gap + row[i]);
            }
            out.println(line);
        }
    }

    static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    /** A dash for what is not known. */
    static String perRun(Long whole, int runs, int decimals) {
        return whole == null ? "-" : number((double) whole / runs, decimals);
    }
}
