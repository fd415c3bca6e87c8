package io.requartz.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.api.ErrorCategory;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ScopeStateTest {

    private static final Instant NOW = Instant.parse("2024-01-15T14:00:00Z");

    private static ScopeState failed(int times) {
        ScopeState state = ScopeState.NEW;
        for (int i = 0; i < times; i++) {
            state = state.failed(NOW, ErrorCategory.AUTHENTICATION, "Authentication failed", 3);
        }
        return state;
    }

    @Test
    void theThirdFailureInARowDisables() {
        assertThat(failed(2).disabled()).isFalse();
        assertThat(failed(3).disabledAt()).isEqualTo(NOW);
        assertThat(failed(3).disabledBy()).isEqualTo("system");
        assertThat(failed(3).automatic()).isTrue();
        assertThat(failed(3).lastError()).isEqualTo("Authentication failed");
    }

    @Test
    void aFailureInADisabledScopeCountsAndLeavesItDisabledSinceThen() {
        ScopeState fourth = failed(3).failed(NOW.plusSeconds(60), ErrorCategory.TIMEOUT, "late", 3);

        assertThat(fourth.failures()).isEqualTo(4);
        assertThat(fourth.disabledAt()).isEqualTo(NOW);
    }

    @Test
    void aSuccessResetsAndEnables() {
        ScopeState open = failed(3).succeeded(NOW.plusSeconds(1));

        assertThat(open.disabled()).isFalse();
        assertThat(open.failures()).isZero();
        assertThat(open.epoch()).isEqualTo(2);
    }

    @Test
    void disabledHoldsTheGatedOnesAndLetsProbesAndManualRunsPass() {
        assertThat(failed(3).lets(Stands.GATED, false)).isFalse();
        assertThat(failed(3).lets(Stands.PROBE, false)).isTrue();
        assertThat(failed(3).lets(Stands.GATED, true)).isTrue();
        assertThat(failed(2).lets(Stands.GATED, false)).isTrue();
    }

    @Test
    void whatWasTriggeredByHandIsOpenUntilItFailsAgain() {
        ScopeState triggered = failed(3).triggered();

        assertThat(triggered.disabled()).isFalse();
        assertThat(triggered.failures()).isEqualTo(3);
        assertThat(triggered.failed(NOW, ErrorCategory.TIMEOUT, "late", 3).disabled())
                .isTrue();
    }

    @Test
    void aResetEnablesWhatFailuresDisabledAndNothingElse() {
        assertThat(failed(3).reset().disabled()).isFalse();
        ScopeState byAnna = failed(3).disabled(NOW, "token:anna");

        assertThat(byAnna.reset().failures()).isZero();
        assertThat(byAnna.reset().disabledBy()).isEqualTo("token:anna");
    }
}
