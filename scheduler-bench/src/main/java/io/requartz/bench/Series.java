package io.requartz.bench;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** The same measurement, several times over with another number. */
final class Series {

    private Series() {}

    /** One round of one engine, by the second. */
    public record Round(String engine, double rate) {}

    /**
     * All rounds with one number.
     *
     * @param number what was varied
     */
    public record Point(
            String what,
            int number,
            Map<String, Compared.Rate> engines,
            Map<String, Double> ratios,
            List<Round> rounds) {

        static Point of(String what, int number, List<Engine> engines, List<Round> rounds) {
            Compared compared = Compared.of(engines, rounds, Round::engine, Round::rate);
            return new Point(what, number, compared.engines(), compared.ratios(), rounds);
        }
    }

    static void print(PrintWriter out, List<Point> points) {
        Columns table = new Columns("what, engine", "median/s", "lowest", "highest");
        for (Point point : points) {
            point.engines()
                    .forEach((name, rate) -> table.row(
                            point.what() + ", " + name,
                            Columns.number(rate.median(), 0),
                            Columns.number(rate.min(), 0),
                            Columns.number(rate.max(), 0)));
        }
        table.print(out);
        for (Point point : points) {
            if (!point.ratios().isEmpty()) {
                out.println(point.what() + ": " + new Compared(point.engines(), point.ratios()).sentence());
            }
        }
    }
}
