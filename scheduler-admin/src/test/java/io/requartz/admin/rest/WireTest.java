package io.requartz.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.run.Priority;
import io.requartz.run.RunState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, PT0.5S",
        "30s, PT30S",
        "15m, PT15M",
        "2h, PT2H",
        "1d, PT24H",
        "1h 30m, PT1H30M",
        "30, PT30S",
        "1.5, PT1.5S",
        "0, PT0S",
    })
    void readsDurations(String text, Duration duration) throws WrongValue {
        assertThat(Wire.duration(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1s", "-1", "1 s s", "s", "PT1S", "3651d", "9999999999999", "1e3", "\u0661s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Wire.duration(text))
                .isInstanceOf(WrongValue.class)
                .hasMessageContaining("is not a duration");
    }

    @Test
    void readsTimesOfAnyZone() throws WrongValue {
        assertThat(Wire.instant("2026-01-15T14:00:00+02:00")).isEqualTo(Instant.parse("2026-01-15T12:00:00Z"));
    }

    @Test
    void saysWhatAPlusBecomesInAQuery() {
        assertThatThrownBy(() -> Wire.instant("2026-01-15T14:00:00 02:00")).hasMessageContaining("%2B");
    }

    @Test
    void readsConstantsInAnyCase() throws WrongValue {
        assertThat(Wire.oneOf(RunState.class, false).read("retrying")).isEqualTo(RunState.RETRYING);
        assertThat(Wire.oneOf(Priority.class, true).read("HIGH")).isEqualTo(Priority.HIGH);
    }

    @Test
    void makesForeignTextHarmless() {
        assertThat(Wire.cleaned("a\r\nb\u001b[31m\u202e\u2028\ud800 \ud83d\ude00", 100))
                .isEqualTo("a\\u000d\\u000ab\\u001b[31m\\u202e\\u2028\\ud800 \ud83d\ude00");
        assertThat(Wire.cleaned("${jndi:ldap://x}%n{}", 100)).isEqualTo("${jndi:ldap://x}%n{}");
    }

    @Test
    void cutsByWholeCharacters() {
        assertThat(Wire.cleaned("\ud83d\ude00\ud83d\ude00\ud83d\ude00", 2)).isEqualTo("\ud83d\ude00\ud83d\ude00...");
        assertThat(Wire.cleaned("x".repeat(1_000_000), 5)).isEqualTo("xxxxx...");
    }

    @Test
    void cursorsComeBackAsTheyWere() throws WrongValue {
        String cursor = "01890a5d-ac96-774b-bcce-b302099a8057#2";

        assertThat(Cursor.write(cursor)).matches("[A-Za-z0-9_-]+");
        assertThat(Cursor.read(Cursor.write(cursor))).isEqualTo(cursor);
        assertThat(Cursor.write(null)).isNull();
        for (String wrong : new String[] {"", "!", "AA", "\u00fc", "a#b"}) {
            assertThatThrownBy(() -> Cursor.read(wrong)).isInstanceOf(WrongValue.class);
        }
    }

    @Test
    void storedTextThatIsNoJsonSpoilsNoAnswer() {
        assertThat(Json.stored("{\"a\":1.10}").toString()).isEqualTo("{\"a\":1.10}");
        assertThat(Json.stored("{oops").toString()).isEqualTo("\"{oops\"");
        assertThat(Json.stored("").toString()).isEqualTo("\"\"");
        assertThat(Json.stored(null)).isNull();
    }
}
