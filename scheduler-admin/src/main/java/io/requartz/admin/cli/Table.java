package io.requartz.admin.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows with aligned columns. The last column takes what is left of the line, and is cut to it. */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    Table(String... heads) {
        columns = heads.length;
        rows.add(List.of(heads));
    }

    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("expected " + columns + " cells, got " + cells.length);
        }
        rows.add(List.of(cells).stream().map(Texts::oneLine).toList());
    }

    void print(Terminal terminal) {
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], length(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns - 1; column++) {
                String cell = row.get(column);
                line.append(cell)
                        .append(" ".repeat(widths[column] - length(cell)))
                        .append(GAP);
            }
            line.append(row.get(columns - 1));
            terminal.line(
                    Texts.cut(line.toString().stripTrailing(), terminal.view().width()));
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
