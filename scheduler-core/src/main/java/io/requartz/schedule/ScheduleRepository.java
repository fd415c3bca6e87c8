package io.requartz.schedule;

import io.requartz.run.RunState;
import io.requartz.schedule.FirePlan.OpenRun;
import io.requartz.tx.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where it is kept when schedules are due, and what became of it. */
public interface ScheduleRepository {

    /**
     * @param timing the key of the timing that {@code next} was computed from
     * @param next null while it is paused, retired or over
     * @param last the newest time that was dealt with; null if there was none
     */
    record State(String name, String timing, Instant next, Instant last) {}

    /**
     * What became of one time and cell.
     *
     * @param cell empty without a matrix, and for all cells of a missed time
     * @param manual a person triggered it at {@code time}
     * @param runId null if it was skipped
     * @param skipped null if it made a run
     * @param why null if it made a run
     * @param times more than 1 only for what was missed and is not kept one by one
     */
    record Fire(
            String schedule,
            Instant time,
            String cell,
            Instant handledAt,
            boolean manual,
            String runId,
            Skipped skipped,
            String why,
            long times) {}

    /** A fire, and how its run stands; null if it has none, or it was deleted. */
    record FireWithRun(Fire fire, RunState runState) {}

    /**
     * How many cells came to the same at one time.
     *
     * @param state of their runs; null if they made none, or these were deleted
     * @param skipped null if they made runs
     * @param runId one of these runs; null if they made none
     */
    record FireCount(Instant time, boolean manual, RunState state, Skipped skipped, long cells, String runId) {}

    List<State> all(Tx tx);

    Optional<State> find(Tx tx, String name);

    /** As {@link #find}, and nobody else may deal with the schedule until the commit. */
    Optional<State> lock(Tx tx, String name);

    /** As {@link #lock}, but empty if it is not due, or somebody else is just dealing with it. */
    Optional<State> lockDue(Tx tx, String name, Instant now);

    /** Names, earliest first. */
    List<String> due(Tx tx, Instant now, int limit);

    /** When the next one is due. */
    Optional<Instant> earliest(Tx tx);

    /** @throws io.requartz.tx.DuplicateKeyException if it is there */
    void insert(Tx tx, State state);

    void update(Tx tx, State state);

    void record(Tx tx, List<Fire> fires);

    boolean hasFired(Tx tx, String schedule, Instant time);

    /** Open runs that fires of the schedule have made, by cell. */
    Map<String, List<OpenRun>> open(Tx tx, String schedule);

    /**
     * Newest first.
     *
     * @param before only what comes after this one in the list; null: from the newest on
     */
    List<FireWithRun> fires(Tx tx, String schedule, int limit, Fire before);

    /** The newest fire that made a run, by schedule. */
    Map<String, FireWithRun> lastRuns(Tx tx);

    /** The newest fire that made a run. */
    Optional<FireWithRun> lastRun(Tx tx, String schedule);

    /** What became of the newest time that was dealt with; empty if there was none. */
    List<FireCount> newest(Tx tx, String schedule);
}
