package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.schedule.Cell;
import io.requartz.schedule.LatestFire;
import io.requartz.schedule.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a matrix with what each did last: two axes cross, any other number of them makes a list.
 *
 * @param corner what the rows are
 * @param columns values of the second axis; one, "Latest run", where the axes do not cross
 */
record CellGrid(String corner, List<String> columns, List<Line> lines) {

    /** More columns than this would not be read side by side. */
    private static final int MOST_COLUMNS = 6;

    record Line(String label, List<Item> items) {}

    /**
     * One cell.
     *
     * @param chip its latest run; null: none lately
     * @param href that run
     * @param note what came after it; empty if nothing did
     */
    record Item(@Nullable Chip chip, String href, @Nullable Moment at, String note) {

        static final Item NONE = new Item(null, "", null, "");
    }

    static CellGrid of(Schedule schedule, JsonNode matrix, Map<String, LatestFire> latest, Times times) {
        List<MatrixAxis> axes = MatrixAxis.of(matrix);
        axes.sort((one, other) ->
                Integer.compare(other.values().size(), one.values().size()));
        if (axes.size() == 2 && axes.get(1).values().size() <= MOST_COLUMNS) {
            return crossed(schedule, axes.get(0), axes.get(1), latest, times);
        }
        return new CellGrid(
                "Cell",
                List.of("Latest run"),
                schedule.cells().stream()
                        .map(cell -> new Line(Words.line(cell.name(), 200), List.of(item(cell, latest, times))))
                        .toList());
    }

    private static CellGrid crossed(
            Schedule schedule, MatrixAxis down, MatrixAxis across, Map<String, LatestFire> latest, Times times) {
        Map<List<String>, Cell> cells = new HashMap<>();
        schedule.cells()
                .forEach(cell -> cells.put(
                        List.of(
                                cell.values().getOrDefault(down.name(), ""),
                                cell.values().getOrDefault(across.name(), "")),
                        cell));
        List<Line> lines = new ArrayList<>();
        for (MatrixAxis.Value row : down.values()) {
            lines.add(new Line(
                    row.label(),
                    across.values().stream()
                            .map(column -> cells.get(List.of(row.text(), column.text())))
                            .map(cell -> cell == null ? Item.NONE : item(cell, latest, times))
                            .toList()));
        }
        return new CellGrid(
                Words.line(down.name(), 60),
                across.values().stream().map(MatrixAxis.Value::label).collect(Collectors.toList()),
                lines);
    }

    private static Item item(Cell cell, Map<String, LatestFire> latest, Times times) {
        LatestFire fires = latest.get(cell.name());
        if (fires == null) {
            return Item.NONE;
        }
        boolean skippedSince = fires.newest().fire().skipped() != null;
        String note = skippedSince
                ? "then skipped: " + fires.newest().fire().skipped().label()
                : "";
        if (fires.run() == null) {
            return new Item(null, "", null, note);
        }
        return new Item(
                Chip.of(fires.run().runState()),
                RunRow.href(fires.run().fire().runId()),
                times.distance(fires.run().fire().time()),
                note);
    }
}
