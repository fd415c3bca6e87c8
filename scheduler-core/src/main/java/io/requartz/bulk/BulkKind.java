package io.requartz.bulk;

import io.requartz.run.RunState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done to each run, and to runs in which states that makes sense. */
public enum BulkKind {
    RETRY_RUNS("runs.bulk-retry"),
    CANCEL_RUNS("runs.bulk-cancel"),
    RETRY_DEAD_LETTERS("dead-letters.bulk-retry"),
    RESOLVE_DEAD_LETTERS("dead-letters.bulk-resolve"),
    REJECT_DEAD_LETTERS("dead-letters.bulk-reject");

    private static final Set<RunState> RETRIED =
            Set.of(RunState.RETRYING, RunState.PARKED, RunState.DEAD, RunState.FAILED);
    private static final Set<RunState> NOT_RUNNING = Arrays.stream(RunState.values())
            .filter(state -> state != RunState.RUNNING)
            .collect(Collectors.toUnmodifiableSet());

    private final String action;

    BulkKind(String action) {
        this.action = action;
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
        return switch (this) {
            case RETRY_RUNS -> RETRIED;
            case CANCEL_RUNS -> RunState.OPEN;
            default -> Set.of(RunState.DEAD);
        };
    }

    public Set<RunState> possibleStates() {
        return this == RETRY_RUNS ? NOT_RUNNING : usualStates();
    }

    public boolean ofDeadLetters() {
        return this == RETRY_DEAD_LETTERS || this == RESOLVE_DEAD_LETTERS || this == REJECT_DEAD_LETTERS;
    }

    /** Whether it makes work, which is let go at a rate. */
    public boolean paced() {
        return this == RETRY_RUNS || this == RETRY_DEAD_LETTERS;
    }
}
