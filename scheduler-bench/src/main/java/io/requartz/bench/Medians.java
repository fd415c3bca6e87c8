package io.requartz.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** Order statistics of a few numbers. */
final class Medians {

    private Medians() {}

    static <T> double median(List<T> of, ToDoubleFunction<T> value) {
        return quantile(of, value, 0.5);
    }

    /** The value below which this part lies; between two, the mean of both for the median, else the lower. */
    static <T> double quantile(List<T> of, ToDoubleFunction<T> value, double part) {
        double[] sorted = of.stream().mapToDouble(value).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        if (part == 0.5 && sorted.length % 2 == 0) {
            return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
        }
        return sorted[(int) Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
    }
}
