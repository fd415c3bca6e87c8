package io.requartz.admin.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class TextsTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void foreignTextCannotCommandTheTerminal() {
        assertThat(Texts.printable("a\u001b[31mb\u0007\nc\u009b")).isEqualTo("a [31mb \nc ");
        assertThat(Texts.oneLine(" a\r\n\tb ")).isEqualTo("a b");
    }

    @Test
    void textsAreCutByCharactersNotBytes() {
        assertThat(Texts.cut("abcdef", 6)).isEqualTo("abcdef");
        assertThat(Texts.cut("abcdefg", 6)).isEqualTo("abc...");
        assertThat(Texts.cut("\ud83c\udf63\ud83c\udf63\ud83c\udf63\ud83c\udf63\ud83c\udf63", 4))
                .isEqualTo("\ud83c\udf63...");
        assertThat(Texts.cut("abcdefg", 0)).isEqualTo("abcdefg");
    }

    @Test
    void timesAreThoseOfTheViewer() {
        assertThat(Texts.when(NOON, NOON, BERLIN)).isEqualTo("13:00:00");
        assertThat(Texts.when(NOON.minus(Duration.ofDays(1)), NOON, BERLIN)).isEqualTo("2026-02-28 13:00:00");
        assertThat(Texts.distance(NOON.plusSeconds(90), NOON)).isEqualTo("in 1m 30s");
        assertThat(Texts.distance(NOON.minusMillis(2_700), NOON)).isEqualTo("2s ago");
        assertThat(Texts.distance(NOON.plusMillis(900), NOON)).isEqualTo("now");
    }

    @Test
    void timesAreReadInAllTheFormsThatPeopleType() {
        assertThat(Times.parse("--at", "2026-03-01T14:00:00Z", NOON, BERLIN))
                .isEqualTo(Instant.parse("2026-03-01T14:00:00Z"));
        assertThat(Times.parse("--at", "2026-03-01 14:00", NOON, BERLIN))
                .isEqualTo(Instant.parse("2026-03-01T13:00:00Z"));
        assertThat(Times.parse("--at", "14:30", NOON, BERLIN)).isEqualTo(Instant.parse("2026-03-01T13:30:00Z"));
        assertThat(Times.parse("--at", "2026-03-01", NOON, BERLIN)).isEqualTo(Instant.parse("2026-02-28T23:00:00Z"));
        assertThat(Times.since("--since", "2h", NOON, BERLIN)).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
    }
}
