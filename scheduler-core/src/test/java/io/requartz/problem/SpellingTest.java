package io.requartz.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpellingTest {

    private static final List<String> KNOWN = List.of("threads", "batch", "min-attempts", "state");

    @Test
    void aMistypedWordIsGuessedIfItIsNearEnough() {
        assertThat(Spelling.nearest("thraeds", KNOWN)).contains("threads");
        assertThat(Spelling.nearest("bach", KNOWN)).contains("batch");
        assertThat(Spelling.nearest("workers", KNOWN)).isEmpty();
        assertThat(Spelling.hint("sate", KNOWN)).isEqualTo("; did you mean 'state'?");
    }

    @Test
    void capitalsAndUnderscoresAreNoMistakes() {
        assertThat(Spelling.nearest("MIN_ATTEMPTS", KNOWN)).contains("min-attempts");
    }

    @Test
    void whatIsNotNearIsAnsweredWithNothingOrWithAll() {
        assertThat(Spelling.hint("payload", KNOWN)).isEmpty();
        assertThat(Spelling.hintOrAll("workers", List.of("threads", "batch")))
                .isEqualTo("; expected one of threads, batch");
        assertThat(Spelling.hintOrAll("x", List.of())).isEmpty();
    }

    @Test
    void megabytesAreNotCompared() {
        assertThat(Spelling.hint("x".repeat(10_000_000), KNOWN)).isEmpty();
    }

    @Test
    void swappedNeighboursAreOneMistake() {
        assertThat(Spelling.distance("ab", "ba")).isEqualTo(1);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
    }
}
