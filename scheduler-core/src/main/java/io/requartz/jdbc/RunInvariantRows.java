package io.requartz.jdbc;

import io.requartz.run.AttemptOutcome;
import io.requartz.run.RunState;
import io.requartz.tx.Tx;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Invariants I1 (no run is lost) and I2 (states change as they may), as queries for what breaks them. The legal transitions are
 * taken from {@link RunState}. Each method is one statement, the same on all databases, and finds nothing in a sound one.
 */
public final class RunInvariantRows {

    private static final Set<RunState> WAITING = Arrays.stream(RunState.values())
            .filter(RunState::hasTrigger)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(RunState.class)));

    private final String cluster;

    /** @param cluster what stands in SCHED_NAME */
    public RunInvariantRows(String cluster) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
    }

    /** For an IN list: {@code 'DEAD', 'FAILED'}. */
    static String list(Collection<? extends Enum<?>> names) {
        return names.stream().map(name -> "'" + name.name() + "'").sorted().collect(Collectors.joining(", "));
    }

    // ---- I1

    /** NOT IN: PostgreSQL hashes the names then, where it joined row by row as long as it has no statistics. */
    public List<Breach> waitingWithoutTrigger(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.TYPE, r.ATTEMPTS, r.DUE_AT FROM RQ_RUNS r
                WHERE r.STATE IN (%s) AND CONCAT(r.ID, '#', r.ATTEMPTS + 1) NOT IN (
                    SELECT t.TRIGGER_NAME FROM QRTZ_TRIGGERS t WHERE t.SCHED_NAME = ? AND t.TRIGGER_GROUP = 'requartz')""".formatted(list(WAITING)), cluster);
    }

    public List<Breach> deadWithoutLetter(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.TYPE, r.CYCLE FROM RQ_RUNS r
                WHERE r.STATE = 'DEAD' AND NOT EXISTS (
                    SELECT 1 FROM RQ_DEAD_LETTERS d WHERE d.RUN_ID = r.ID AND d.CYCLE = r.CYCLE AND d.STATUS = 'OPEN')""");
    }

    /** Open letters of runs that are not DEAD in that cycle, and closed ones that say other than the run. */
    public List<Breach> lettersAgainstTheirRuns(Tx tx) {
        return Breach.query(tx, """
                SELECT d.RUN_ID AS RUN, d.STATUS, d.CYCLE, r.STATE, r.CYCLE AS RUN_CYCLE
                FROM RQ_DEAD_LETTERS d LEFT JOIN RQ_RUNS r ON r.ID = d.RUN_ID
                WHERE CASE
                    WHEN d.STATUS = 'OPEN' AND r.STATE = 'DEAD' AND r.CYCLE = d.CYCLE THEN 0
                    WHEN d.STATUS = 'RETRIED' AND r.CYCLE > d.CYCLE THEN 0
                    WHEN d.STATUS IN ('RESOLVED', 'REJECTED') AND r.STATE = d.STATUS AND r.CYCLE = d.CYCLE THEN 0
                    ELSE 1 END = 1""");
    }

    public List<Breach> diedTwice(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.CYCLE, COUNT(*) AS DEATHS FROM RQ_ATTEMPTS a
                WHERE a.NEXT_STATE = 'DEAD' GROUP BY a.RUN_ID, a.CYCLE HAVING COUNT(*) > 1""");
    }

    public List<Breach> parkedWithoutReason(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.TYPE, r.REASON, r.PARKED_SINCE FROM RQ_RUNS r
                WHERE r.STATE = 'PARKED' AND (r.REASON IS NULL OR r.REASON = '' OR r.PARKED_SINCE IS NULL)""");
    }

    public List<Breach> finishedOrNot(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.FINISHED_AT FROM RQ_RUNS r
                WHERE r.STATE IN (%1$s) AND r.FINISHED_AT IS NOT NULL OR r.STATE NOT IN (%1$s) AND r.FINISHED_AT IS NULL""".formatted(list(RunState.OPEN)));
    }

    // ---- I2

    public List<Breach> illegalEnds(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.OUTCOME, a.NEXT_STATE FROM RQ_ATTEMPTS a
                WHERE CASE WHEN a.OUTCOME IS NULL AND a.NEXT_STATE IS NULL %s THEN 0 ELSE 1 END = 1""".formatted(Arrays.stream(AttemptOutcome.values())
                .map(RunInvariantRows::ends)
                .collect(Collectors.joining())));
    }

    private static String ends(AttemptOutcome outcome) {
        Set<RunState> next = EnumSet.copyOf(RunState.RUNNING.successors());
        switch (outcome) {
            case SUCCEEDED -> next.retainAll(EnumSet.of(RunState.SUCCEEDED));
            case CANCELLED -> next.retainAll(EnumSet.of(RunState.CANCELLED));
            case FAILED, NODE_LOST -> next.removeAll(EnumSet.of(RunState.SUCCEEDED, RunState.SCHEDULED));
            case HANDED_OVER -> next.removeIf(state -> !state.open() && state != RunState.CANCELLED);
        }
        return "\n    OR a.OUTCOME = '" + outcome + "' AND a.NEXT_STATE IN (" + list(next) + ")";
    }

    /** Only a person leaves DEAD, so the system's word does not count there. */
    public List<Breach> illegalEvents(Tx tx) {
        return Breach.query(tx, """
                SELECT e.RUN_ID AS RUN, e.KIND, e.FROM_STATE, e.TO_STATE, e.ACTOR FROM RQ_RUN_EVENTS e
                WHERE CASE WHEN e.FROM_STATE IS NULL AND e.TO_STATE IS NULL THEN 0
                    WHEN e.FROM_STATE = 'DEAD' AND e.ACTOR = 'system' THEN 1
                    %s ELSE 1 END = 1""".formatted(Arrays.stream(RunState.values())
                .filter(state -> !state.successors().isEmpty())
                .map(state -> "WHEN e.FROM_STATE = '" + state + "' AND e.TO_STATE IN (" + list(state.successors())
                        + ") THEN 0")
                .collect(Collectors.joining("\n    "))));
    }

    /** Parking leaves no event, so PARKED is taken for whatever waiting state came before. Open attempts are asked for elsewhere. */
    public List<Breach> stateWithoutHistory(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.CYCLE, r.ATTEMPTS, a.NEXT_STATE AS AFTER_ATTEMPT, e.TO_STATE AS AFTER_EVENT
                FROM RQ_RUNS r
                LEFT JOIN RQ_ATTEMPTS a ON a.RUN_ID = r.ID AND a.ATTEMPT_NO = r.ATTEMPTS
                LEFT JOIN (SELECT RUN_ID, MAX(SEQ) AS SEQ FROM RQ_RUN_EVENTS WHERE TO_STATE IS NOT NULL GROUP BY RUN_ID) m
                    ON m.RUN_ID = r.ID
                LEFT JOIN RQ_RUN_EVENTS e ON e.SEQ = m.SEQ
                WHERE CASE
                    WHEN r.STATE = 'RUNNING' THEN 0
                    WHEN r.STATE IN ('SCHEDULED', 'PARKED') AND r.ATTEMPTS = 0 THEN 0
                    WHEN r.STATE IN ('SCHEDULED', 'PARKED') AND a.NEXT_STATE IN ('SCHEDULED', 'PARKED') THEN 0
                    WHEN r.STATE IN ('SCHEDULED', 'PARKED') AND a.NEXT_STATE = 'DEAD' AND a.CYCLE < r.CYCLE
                        AND e.TO_STATE = 'SCHEDULED' THEN 0
                    WHEN r.STATE IN ('RETRYING', 'PARKED') AND a.NEXT_STATE IN ('RETRYING', 'PARKED') THEN 0
                    WHEN r.STATE IN ('SUCCEEDED', 'FAILED') AND a.NEXT_STATE = r.STATE THEN 0
                    WHEN r.STATE = 'CANCELLED' AND (a.NEXT_STATE = 'CANCELLED' OR e.TO_STATE = 'CANCELLED') THEN 0
                    WHEN r.STATE = 'DEAD' AND a.NEXT_STATE = 'DEAD' AND a.CYCLE = r.CYCLE THEN 0
                    WHEN r.STATE IN ('RESOLVED', 'REJECTED') AND a.NEXT_STATE = 'DEAD' AND e.TO_STATE = r.STATE THEN 0
                    ELSE 1 END = 1""");
    }

    /** An attempt follows one that ended the run, or a cycle begins that nothing began. */
    public List<Breach> attemptsAfterTheEnd(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.CYCLE, a.NEXT_STATE, b.ATTEMPT_NO AS THEN_ATTEMPT, b.CYCLE AS THEN_CYCLE
                FROM RQ_ATTEMPTS a JOIN RQ_ATTEMPTS b ON b.RUN_ID = a.RUN_ID AND b.ATTEMPT_NO = a.ATTEMPT_NO + 1
                WHERE a.OUTCOME IS NOT NULL AND CASE
                    WHEN b.CYCLE = a.CYCLE AND a.NEXT_STATE IN ('SCHEDULED', 'RETRYING', 'PARKED') THEN 0
                    WHEN b.CYCLE = a.CYCLE + 1 AND a.NEXT_STATE = 'DEAD' THEN 0
                    ELSE 1 END = 1""");
    }

    public List<Breach> eventsAfterTheEnd(Tx tx) {
        return Breach.query(tx, """
                SELECT e.RUN_ID AS RUN, e.KIND, e.TO_STATE, r.STATE FROM RQ_RUN_EVENTS e LEFT JOIN RQ_RUNS r ON r.ID = e.RUN_ID
                WHERE e.TO_STATE IN (%s) AND (r.ID IS NULL OR r.STATE <> e.TO_STATE OR EXISTS (
                    SELECT 1 FROM RQ_RUN_EVENTS x
                    WHERE x.RUN_ID = e.RUN_ID AND x.SEQ > e.SEQ AND x.TO_STATE IS NOT NULL))""".formatted(list(RunState.SETTLED)));
    }

    public List<Breach> cyclesThatNobodyBegan(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.CYCLE, COUNT(e.SEQ) AS RETRIES_BY_PEOPLE FROM RQ_RUNS r
                LEFT JOIN RQ_RUN_EVENTS e ON e.RUN_ID = r.ID AND e.FROM_STATE = 'DEAD' AND e.TO_STATE = 'SCHEDULED'
                GROUP BY r.ID, r.CYCLE HAVING COUNT(e.SEQ) <> r.CYCLE - 1""");
    }
}
