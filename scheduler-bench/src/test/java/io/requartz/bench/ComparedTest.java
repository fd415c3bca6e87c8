package io.requartz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparedTest {

    private final List<Engine> engines = List.of(Engines.named("requartz"), Engines.named("db-scheduler"));

    @Test
    void tellsRatesInTheOrderOfTheEnginesAndRatiosOfMedians() {
        Compared compared = compared(
                new Series.Round("db-scheduler", 100),
                new Series.Round("requartz", 210),
                new Series.Round("requartz", 190),
                new Series.Round("requartz", 230),
                new Series.Round("db-scheduler", 140));

        assertThat(compared.engines().keySet()).containsExactly("requartz", "db-scheduler");
        assertThat(compared.engines().get("requartz")).isEqualTo(new Compared.Rate(210, 190, 230));
        assertThat(compared.ratios()).containsExactly(Map.entry("requartz/db-scheduler", 1.75));
        assertThat(compared.sentence()).isEqualTo("requartz is 1.75 times db-scheduler");
    }

    private Compared compared(Series.Round... rounds) {
        return Compared.of(engines, List.of(rounds), Series.Round::engine, Series.Round::rate);
    }
}
