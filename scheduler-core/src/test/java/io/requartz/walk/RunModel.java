package io.requartz.walk;

import io.requartz.run.RunState;
import java.util.List;

/** One run, as the model has it. */
final class RunModel {

    /** Its due time was decided by what is not modelled (a backoff, a rate of release), and is taken over when it is seen. */
    static final long UNKNOWN = -1;

    /**
     * What never changes.
     *
     * @param schedule null: it was submitted
     * @param script what it does at each attempt; the last goes on
     */
    record Origin(String id, Kind kind, Place place, String schedule, String cell, List<String> script) {}

    final Origin origin;
    RunState state = RunState.SCHEDULED;
    boolean manual;
    boolean cancelRequested;
    int attempts;
    int failures;
    int lost;
    long due;

    RunModel(Origin origin, boolean manual, long due) {
        this.origin = origin;
        this.manual = manual;
        this.due = due;
    }

    String id() {
        return origin.id();
    }

    boolean dueAt(long now) {
        return state.hasTrigger() && due <= now;
    }

    /** What its attempt of this number does. */
    String step(int attempt) {
        return origin.script().get(Math.min(attempt, origin.script().size()) - 1);
    }

    /** An attempt has begun. */
    void begin() {
        attempts++;
        state = RunState.RUNNING;
    }

    /** Where it waits when nothing holds it. */
    RunState waiting() {
        return failures == 0 ? RunState.SCHEDULED : RunState.RETRYING;
    }

    /** For comparison. */
    String told() {
        return told(state.name(), attempts, failures, lost, manual);
    }

    static String told(String state, int attempts, int failures, int lost, boolean manual) {
        return state + ", " + attempts + " attempts, " + failures + " failures, " + lost + " lost"
                + (manual ? ", manual" : "");
    }

    @Override
    public String toString() {
        return origin + " " + told() + ", due " + due;
    }
}
