package io.requartz.admin.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StopSignalsTest {

    private final List<Integer> halted = new ArrayList<>();
    private final StopSignals signals = new StopSignals(halted::add);

    @Test
    void theFirstSignalAsksToStop() throws InterruptedException {
        assertThat(signals.arrived()).isFalse();

        signals.receive(15);
        signals.await();

        assertThat(signals.arrived()).isTrue();
        assertThat(halted).isEmpty();
    }

    @Test
    void theSecondOneEndsTheProcessAsAShellWouldTell() {
        signals.receive(15);
        signals.receive(15);
        signals.receive(2);

        assertThat(halted).containsExactly(143, 130);
    }
}
