package io.requartz.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Rates of several engines, and how many times as fast Requartz is as each of the others. */
public record Compared(Map<String, Rate> engines, Map<String, Double> ratios) {

    /** Of all rounds of one engine, by the second. */
    public record Rate(double median, double min, double max) {

        static <T> Rate of(List<T> rounds, ToDoubleFunction<T> value) {
            return new Rate(
                    tenth(Medians.median(rounds, value)),
                    tenth(Medians.quantile(rounds, value, 0)),
                    tenth(Medians.quantile(rounds, value, 1)));
        }

        private static double tenth(double value) {
            return Math.round(value * 10) / 10.0;
        }
    }

    /** Engines in the order in which they were named. */
    static <T> Compared of(
            List<Engine> engines, List<T> rounds, Function<T, String> engine, ToDoubleFunction<T> value) {
        Map<String, Rate> rates = new LinkedHashMap<>();
        for (String name : engines.stream().map(Engine::name).toList()) {
            rates.put(
                    name,
                    Rate.of(
                            rounds.stream()
                                    .filter(round -> engine.apply(round).equals(name))
                                    .toList(),
                            value));
        }
        return new Compared(rates, ratios(rates));
    }

    private static Map<String, Double> ratios(Map<String, Rate> rates) {
        Map<String, Double> ratios = new LinkedHashMap<>();
        Rate own = rates.get(Engines.REQUARTZ);
        if (own != null) {
            rates.forEach((name, rate) -> {
                if (!name.equals(Engines.REQUARTZ)) {
                    ratios.put(Engines.REQUARTZ + "/" + name, Math.round(own.median() / rate.median() * 1000) / 1000.0);
                }
            });
        }
        return ratios;
    }

    /** "2.31 times quartz-tuned, 1.02 times db-scheduler" */
    String sentence() {
        StringBuilder sentence = new StringBuilder();
        ratios.forEach((name, ratio) -> sentence.append(sentence.length() == 0 ? "requartz is " : ", ")
                .append(Columns.number(ratio, 2))
                .append(" times ")
                .append(name.substring(name.indexOf('/') + 1)));
        return sentence.toString();
    }
}
