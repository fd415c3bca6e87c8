package io.requartz.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, 500",
        "30s, 30000",
        "15m, 900000",
        "2h, 7200000",
        "1d, 86400000",
        "1h 30m, 5400000",
        "1h30m, 5400000",
        "1d 2h 3m 4s 5ms, 93784005",
        "' 10s ', 10000",
        "0s, 0",
        "90m, 5400000",
        "1m 500ms, 60500"
    })
    void readsNumbersWithUnits(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "10", "0", "-5s", "1.5h", "PT10S", "10 s", "10sec", "s", "10s 1h", "1h 1h", "10S", "10s;",
                "\u0663s"
            })
    void refusesEverythingElseAndSaysWhatIsExpected(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("\"" + text + "\"")
                .withMessageContaining("expected a whole number with a unit, as in 500ms, 30s, 15m, 2h or 1d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999999999999999999d", "106751991167d 8h"})
    void refusesWhatOverflows(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(text))
                .withMessageContaining("too long");
    }

    @Test
    void refusesNullAndMegabytesWithAShortMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse(null))
                .withMessageContaining("missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Durations.parse("9".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "5400000, 1h 30m",
        "14300, 14s 300ms",
        "86400000, 1d",
        "1, 1ms",
        "-60000, -1m",
        "-3661000, -1h 1m 1s"
    })
    void writesExactly(long millis, String text) {
        assertThat(Durations.format(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0s",
        "350, 350ms",
        "14300, 14.3s",
        "14349, 14.3s",
        "14000, 14s",
        "59999, 59.9s",
        "60000, 1m",
        "7503000, 2h 5m",
        "7200001, 2h",
        "90000000, 1d 1h",
        "61500, 1m 1s",
        "-500, -500ms"
    })
    void writesBrieflyForSentences(long millis, String text) {
        assertThat(Durations.brief(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void whatNoLongCanHoldIsAsLongAsItCan() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE, 999_999_999);

        assertThat(Durations.millis(longest)).isEqualTo(Long.MAX_VALUE);
        assertThat(Durations.millis(Duration.ofSeconds(Long.MIN_VALUE))).isEqualTo(-Long.MAX_VALUE);
        assertThat(Durations.millis(Duration.ofMillis(-1_500))).isEqualTo(-1_500);
        assertThat(Durations.format(longest)).startsWith("106751991167d");
        assertThat(Durations.brief(Duration.ofSeconds(Long.MIN_VALUE))).startsWith("-106751991167d");
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll @LongRange(min = 0) long millis) {
        Duration duration = Duration.ofMillis(millis);

        assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
    }
}
