package io.requartz.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/lifecycle.md} tells people what {@link RunState} allows: its tables must have all of it, and nothing else. */
class LifecycleDocumentTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "lifecycle.md");
    private static final Pattern STATE = Pattern.compile("\\| `([A-Z]+)` \\| (open|dead|settled) \\| (yes|no) \\|.*");
    private static final Pattern TRANSITION = Pattern.compile("\\| `([A-Z]+)` \\| `([A-Z]+)` \\|.*");

    private record State(RunState state, String kind, boolean trigger) {}

    private record Transition(RunState from, RunState to) {}

    @Test
    void theTableOfStatesHasThemAllAsTheyAre() throws IOException {
        List<State> documented = rows("## States", STATE)
                .map(row -> new State(
                        RunState.valueOf(row.group(1)),
                        row.group(2),
                        row.group(3).equals("yes")))
                .toList();

        List<State> legal = Arrays.stream(RunState.values())
                .map(state -> new State(state, kind(state), state.hasTrigger()))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(legal);
    }

    private static String kind(RunState state) {
        return state.open() ? "open" : state.settled() ? "settled" : "dead";
    }

    @Test
    void theTableOfTransitionsHasAllThatAreLegalAndNoOther() throws IOException {
        List<Transition> documented = rows("## Transitions", TRANSITION)
                .map(row -> new Transition(RunState.valueOf(row.group(1)), RunState.valueOf(row.group(2))))
                .toList();

        List<Transition> legal = Arrays.stream(RunState.values())
                .flatMap(from -> from.successors().stream().map(to -> new Transition(from, to)))
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(legal);
    }

    /** Rows of this form between the heading and the next one. */
    private static Stream<MatchResult> rows(String heading, Pattern form) throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .dropWhile(line -> !line.equals(heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .map(form::matcher)
                .filter(Matcher::matches)
                .map(Matcher::toMatchResult);
    }
}
