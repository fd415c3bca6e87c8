package io.requartz.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private final List<Engine> engines = List.of(Engines.named("requartz"), Engines.named("db-scheduler"));

    @Test
    void whoeverCameLastComesFirstInTheNextRound() throws Exception {
        List<String> turns = Turns.take(engines, 3, false, (engine, number) -> number + " " + engine.name());

        assertThat(turns)
                .containsExactly(
                        "1 requartz", "1 db-scheduler", "2 db-scheduler", "2 requartz", "3 requartz", "3 db-scheduler");
    }

    @Test
    void theWarmUpDoesNotCount() throws Exception {
        List<Integer> taken = new ArrayList<>();

        List<Integer> counted = Turns.take(engines, 1, true, (engine, number) -> {
            taken.add(number);
            return number;
        });

        assertThat(taken).containsExactly(0, 0, 1, 1);
        assertThat(counted).containsExactly(1, 1);
    }
}
