package io.requartz.node;

import java.util.List;
import java.util.Objects;

/**
 * Something that the doctor found, and found again when it looked a second time.
 *
 * @param invariant {@code I1} to {@code I9}
 * @param what a sentence, with how many were found
 * @param hint what it may come from, what to do; never empty
 * @param examples at most {@value Doctor#EXAMPLES}, each a run or trigger and what was found there; none if the question failed
 */
public record Finding(String invariant, Severity severity, String what, String hint, List<String> examples) {

    public Finding {
        Objects.requireNonNull(invariant, "invariant");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(hint, "hint");
        examples = List.copyOf(examples);
    }
}
