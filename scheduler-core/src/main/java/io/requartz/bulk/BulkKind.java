package io.requartz.bulk;

import io.requartz.run.RunState;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What is done to each run, and to runs in which states that makes sense. */
public enum BulkKind {
    RETRY_RUNS(
            "runs.bulk-retry",
            EnumSet.of(RunState.RETRYING, RunState.PARKED, RunState.DEAD, RunState.FAILED),
            EnumSet.complementOf(EnumSet.of(RunState.RUNNING))),
    CANCEL_RUNS("runs.bulk-cancel", RunState.OPEN, RunState.OPEN),
    RETRY_DEAD_LETTERS("dead-letters.bulk-retry", EnumSet.of(RunState.DEAD), EnumSet.of(RunState.DEAD)),
    RESOLVE_DEAD_LETTERS("dead-letters.bulk-resolve", EnumSet.of(RunState.DEAD), EnumSet.of(RunState.DEAD)),
    REJECT_DEAD_LETTERS("dead-letters.bulk-reject", EnumSet.of(RunState.DEAD), EnumSet.of(RunState.DEAD));

    private final String action;
    private final Set<RunState> usual;
    private final Set<RunState> possible;

    BulkKind(String action, Set<RunState> usual, Set<RunState> possible) {
        this.action = action;
        this.usual = Set.copyOf(usual);
        this.possible = Set.copyOf(possible);
    }

    /** As the audit calls it. */
    public String action() {
        return action;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Those that are meant where none are named. */
    public Set<RunState> usualStates() {
        return usual;
    }

    public Set<RunState> possibleStates() {
        return possible;
    }

    public boolean ofDeadLetters() {
        return this == RETRY_DEAD_LETTERS || this == RESOLVE_DEAD_LETTERS || this == REJECT_DEAD_LETTERS;
    }

    /** Whether it makes work, which is let go at a rate. */
    public boolean paced() {
        return this == RETRY_RUNS || this == RETRY_DEAD_LETTERS;
    }
}
