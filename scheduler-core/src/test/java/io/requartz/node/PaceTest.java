package io.requartz.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private final SettableClock clock = SettableClock.atSomeTime();
    private final Pace pace = new Pace(Duration.ofSeconds(1), clock.ticker());

    private Duration after(Duration quiet) {
        clock.advance(quiet);
        return Duration.ofNanos(pace.nanos());
    }

    @Test
    void aNodeThatHasFoundNothingYetLooksOnceAPoll() {
        assertThat(after(Duration.ZERO)).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.slow()).isTrue();
    }

    @Test
    void itLooksAgainAfterATwentiethOfTheQuietTime() {
        pace.active();

        assertThat(after(Duration.ofMillis(100))).isEqualTo(Duration.ofMillis(20));
        assertThat(after(Duration.ofMillis(1_900))).isEqualTo(Duration.ofMillis(100));
        assertThat(after(Duration.ofSeconds(8))).isEqualTo(Duration.ofMillis(500));
        assertThat(after(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aFindMakesItPromptAgain() {
        pace.active();
        after(Duration.ofHours(1));

        pace.active();

        assertThat(after(Duration.ZERO)).isEqualTo(Duration.ofMillis(20));
        assertThat(pace.slow()).isFalse();
    }

    @Test
    void looksThatTakeLongAreMadeSeldom() {
        pace.active();

        pace.cost(Duration.ofMillis(20).toNanos());
        Duration afterOne = after(Duration.ZERO);
        for (int i = 0; i < 200; i++) {
            pace.cost(Duration.ofMillis(20).toNanos());
        }

        assertThat(afterOne).isEqualTo(Duration.ofMillis(20));
        assertThat(after(Duration.ZERO)).isBetween(Duration.ofMillis(95), Duration.ofMillis(100));
        assertThat(pace.slow()).isFalse();
    }
}
