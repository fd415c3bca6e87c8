package io.requartz.retry;

import static io.requartz.api.ErrorCategory.NODE_LOST;
import static io.requartz.api.ErrorCategory.RATE_LIMIT;
import static io.requartz.api.ErrorCategory.SERVER_ERROR;
import static io.requartz.api.ErrorCategory.TIMEOUT;
import static io.requartz.api.ErrorCategory.VALIDATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final RetryPolicy EXACT = RetryPolicy.builder()
            .jitter(new Jitter.None())
            .backoff(new Backoff.Exponential(Duration.ofSeconds(10)))
            .build();

    private static List<Simulation.Step> simulate(RetryPolicy policy, int failures, ErrorCategory... categories) {
        return Simulation.of(
                policy, new Simulation.Ordeal(failures, List.of(categories), Duration.ZERO, null, 7), START);
    }

    @Test
    void tellsEachAttemptItsTimeAndWhatFollows() {
        List<Simulation.Step> steps = simulate(EXACT, 20, TIMEOUT);

        assertThat(steps).extracting(step -> step.startsAfter().toSeconds()).containsExactly(0L, 10L, 30L, 70L, 150L);
        assertThat(steps.get(0).decision().why()).isEqualTo("failure 1 of at most 5: exponential 10s = 10s");
        assertThat(steps.get(4).decision())
                .isInstanceOfSatisfying(
                        Decision.GiveUp.class, over -> assertThat(over.reason()).isEqualTo(GiveUpReason.EXHAUSTED));
    }

    @Test
    void theTimeOfTheAttemptsThemselvesCounts() {
        List<Simulation.Step> steps =
                Simulation.of(EXACT, new Simulation.Ordeal(3, List.of(TIMEOUT), Duration.ofMinutes(1), null, 7), START);

        assertThat(steps).extracting(step -> step.startsAfter().toSeconds()).containsExactly(0L, 70L, 150L);
    }

    @Test
    void endsWithWhatIsNotTriedAgain() {
        assertThat(simulate(EXACT, 20, TIMEOUT, SERVER_ERROR, VALIDATION))
                .extracting(Simulation.Step::category)
                .containsExactly(TIMEOUT, SERVER_ERROR, VALIDATION);
        assertThat(simulate(EXACT.toBuilder().maxAttempts(99).build(), 20, NODE_LOST))
                .as("the third lost node")
                .hasSize(3);
    }

    @Test
    void aDownstreamMayAskForMore() {
        List<Simulation.Step> steps = Simulation.of(
                EXACT, new Simulation.Ordeal(2, List.of(RATE_LIMIT), Duration.ZERO, Duration.ofMinutes(5), 7), START);

        assertThat(steps.get(1).startsAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Property
    void theSameSeedGivesTheSameAttempts(@ForAll("policies") RetryPolicy policy, @ForAll long seed) {
        Simulation.Ordeal ordeal =
                new Simulation.Ordeal(30, List.of(TIMEOUT, RATE_LIMIT), Duration.ofSeconds(1), null, seed);

        List<Simulation.Step> steps = Simulation.of(policy, ordeal, START);

        assertThat(Simulation.of(policy, ordeal, START)).isEqualTo(steps);
        assertThat(steps).hasSizeBetween(1, 30);
        for (int i = 1; i < steps.size(); i++) {
            assertThat(steps.get(i).startsAfter())
                    .isGreaterThanOrEqualTo(steps.get(i - 1).startsAfter());
        }
    }

    @Test
    void refusesWhatTellsNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> simulate(EXACT, 0, TIMEOUT));
        assertThatIllegalArgumentException().isThrownBy(() -> simulate(EXACT, 1_001, TIMEOUT));
        assertThatIllegalArgumentException().isThrownBy(() -> simulate(EXACT, 1));
    }

    @Provide
    Arbitrary<RetryPolicy> policies() {
        return Policies.any();
    }
}
