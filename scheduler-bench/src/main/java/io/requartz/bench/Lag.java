package io.requartz.bench;

import java.io.PrintWriter;
import java.util.List;

/**
 * From when runs were due until their code began, in milliseconds.
 *
 * @param rate how many there were in a second
 */
public record Lag(String engine, double rate, int runs, double p50, double p90, double p99, double max) {

    static Lag of(String engine, double rate, List<Long> micros) {
        return new Lag(
                engine,
                Math.round(rate * 10) / 10.0,
                micros.size(),
                at(micros, 0.5),
                at(micros, 0.9),
                at(micros, 0.99),
                at(micros, 1));
    }

    private static double at(List<Long> micros, double part) {
        return Math.round(Medians.quantile(micros, Long::doubleValue, part)) / 1000.0;
    }

    static void print(PrintWriter out, List<Lag> lags) {
        Columns table = new Columns("engine", "runs/s", "runs", "p50", "p90", "p99", "max");
        for (Lag lag : lags) {
            table.row(
                    lag.engine(),
                    Columns.number(lag.rate(), 1),
                    Columns.number(lag.runs(), 0),
                    Columns.number(lag.p50(), 1),
                    Columns.number(lag.p90(), 1),
                    Columns.number(lag.p99(), 1),
                    Columns.number(lag.max(), 1));
        }
        table.print(out);
    }
}
