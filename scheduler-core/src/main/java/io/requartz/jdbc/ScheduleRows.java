package io.requartz.jdbc;

import io.requartz.run.RunState;
import io.requartz.schedule.FirePlan.OpenRun;
import io.requartz.schedule.ScheduleRepository;
import io.requartz.schedule.Skipped;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** RQ_SCHEDULES and RQ_SCHEDULE_FIRES. */
public final class ScheduleRows implements ScheduleRepository {

    private static final String STATE = "SELECT NAME, TIMING, NEXT_FIRE_AT, LAST_FIRE_AT FROM RQ_SCHEDULES";
    private static final String FIRE = """
            SELECT f.SCHEDULE, f.FIRE_TIME, f.CELL, f.HANDLED_AT, f.MANUAL, f.RUN_ID, f.SKIPPED, f.WHY, f.TIMES, r.STATE
            FROM RQ_SCHEDULE_FIRES f LEFT JOIN RQ_RUNS r ON r.ID = f.RUN_ID
            """;

    @Override
    public List<State> all(Tx tx) {
        return Sql.query(tx, STATE, ScheduleRows::state);
    }

    @Override
    public Optional<State> find(Tx tx, String name) {
        return Sql.one(tx, STATE + " WHERE NAME = ?", ScheduleRows::state, name);
    }

    @Override
    public Optional<State> lock(Tx tx, String name) {
        return Sql.one(tx, STATE + " WHERE NAME = ? FOR UPDATE", ScheduleRows::state, name);
    }

    @Override
    public Optional<State> lockDue(Tx tx, String name, Instant now) {
        return Sql.one(
                tx,
                STATE + " WHERE NAME = ? AND NEXT_FIRE_AT <= ? FOR UPDATE SKIP LOCKED",
                ScheduleRows::state,
                name,
                now);
    }

    @Override
    public List<String> due(Tx tx, Instant now, int limit) {
        return Sql.query(
                tx,
                "SELECT NAME FROM RQ_SCHEDULES WHERE NEXT_FIRE_AT <= ? ORDER BY NEXT_FIRE_AT LIMIT " + limit,
                row -> row.getString(1),
                now);
    }

    @Override
    public Optional<Instant> earliest(Tx tx) {
        return Sql.query(
                        tx,
                        "SELECT MIN(NEXT_FIRE_AT) AS NEXT_FIRE_AT FROM RQ_SCHEDULES",
                        row -> Optional.ofNullable(Sql.instant(row, "NEXT_FIRE_AT")))
                .stream()
                .findFirst()
                .flatMap(earliest -> earliest);
    }

    @Override
    public void insert(Tx tx, State state) {
        Sql.update(
                tx,
                "INSERT INTO RQ_SCHEDULES (NAME, TIMING, NEXT_FIRE_AT, LAST_FIRE_AT) VALUES (?, ?, ?, ?)",
                state.name(),
                state.timing(),
                state.next(),
                state.last());
    }

    @Override
    public void update(Tx tx, State state) {
        Sql.update(
                tx,
                "UPDATE RQ_SCHEDULES SET TIMING = ?, NEXT_FIRE_AT = ?, LAST_FIRE_AT = ? WHERE NAME = ?",
                state.timing(),
                state.next(),
                state.last(),
                state.name());
    }

    @Override
    public void record(Tx tx, List<Fire> fires) {
        Sql.batch(
                tx,
                """
                INSERT INTO RQ_SCHEDULE_FIRES (SCHEDULE, FIRE_TIME, CELL, HANDLED_AT, MANUAL, RUN_ID, SKIPPED, WHY, TIMES,
                    MAY_BE_OPEN)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                fires.stream()
                        .map(fire -> new Object[] {
                            fire.schedule(),
                            fire.time(),
                            fire.cell(),
                            fire.handledAt(),
                            fire.manual(),
                            fire.runId(),
                            fire.skipped() == null ? null : fire.skipped().label(),
                            fire.why(),
                            fire.times(),
                            fire.runId() != null
                        })
                        .toList());
    }

    @Override
    public boolean hasFired(Tx tx, String schedule, Instant time) {
        return Sql.one(
                        tx,
                        "SELECT CELL FROM RQ_SCHEDULE_FIRES WHERE SCHEDULE = ? AND FIRE_TIME = ? LIMIT 1",
                        row -> row.getString(1),
                        schedule,
                        time)
                .isPresent();
    }

    private record Made(long time, String cell, OpenRun run) {}

    /** What is settled for good is marked on the way, so that the next fire need not look at it again. */
    @Override
    public Map<String, List<OpenRun>> open(Tx tx, String schedule) {
        List<Made> made = Sql.query(
                tx,
                """
                SELECT f.FIRE_TIME, f.CELL, f.RUN_ID, r.STATE
                FROM RQ_SCHEDULE_FIRES f LEFT JOIN RQ_RUNS r ON r.ID = f.RUN_ID
                WHERE f.SCHEDULE = ? AND f.MAY_BE_OPEN = TRUE ORDER BY f.FIRE_TIME""",
                row -> new Made(
                        row.getLong(1),
                        row.getString(2),
                        new OpenRun(row.getString(3), Sql.enumOf(row, "STATE", RunState.class))),
                schedule);
        Sql.batch(
                tx,
                "UPDATE RQ_SCHEDULE_FIRES SET MAY_BE_OPEN = FALSE WHERE SCHEDULE = ? AND FIRE_TIME = ? AND CELL = ?",
                made.stream()
                        .filter(each ->
                                each.run().state() == null || each.run().state().settled())
                        .map(each -> new Object[] {schedule, each.time(), each.cell()})
                        .toList());
        Map<String, List<OpenRun>> open = new HashMap<>();
        made.stream()
                .filter(each -> each.run().state() != null && each.run().state().open())
                .forEach(each -> open.computeIfAbsent(each.cell(), cell -> new ArrayList<>())
                        .add(each.run()));
        return open;
    }

    @Override
    public List<FireWithRun> fires(Tx tx, String schedule, int limit, Fire before) {
        String order = " ORDER BY f.FIRE_TIME DESC, f.CELL DESC LIMIT " + limit;
        return before == null
                ? Sql.query(tx, FIRE + "WHERE f.SCHEDULE = ?" + order, ScheduleRows::fire, schedule)
                : Sql.query(
                        tx,
                        FIRE + "WHERE f.SCHEDULE = ? AND (f.FIRE_TIME < ? OR (f.FIRE_TIME = ? AND f.CELL < ?))" + order,
                        ScheduleRows::fire,
                        schedule,
                        before.time(),
                        before.time(),
                        before.cell());
    }

    @Override
    public Map<String, FireWithRun> lastRuns(Tx tx) {
        Map<String, FireWithRun> last = new HashMap<>();
        for (State state : all(tx)) {
            lastRun(tx, state.name()).ifPresent(fire -> last.put(state.name(), fire));
        }
        return last;
    }

    @Override
    public Optional<FireWithRun> lastRun(Tx tx, String schedule) {
        return Sql.one(
                tx,
                FIRE + "WHERE f.SCHEDULE = ? AND f.RUN_ID IS NOT NULL ORDER BY f.FIRE_TIME DESC LIMIT 1",
                ScheduleRows::fire,
                schedule);
    }

    @Override
    public List<FireCount> newest(Tx tx, String schedule) {
        return Sql.query(
                tx,
                """
                SELECT f.FIRE_TIME, f.MANUAL, r.STATE, f.SKIPPED, COUNT(*) AS CELLS, MAX(f.RUN_ID) AS RUN_ID
                FROM RQ_SCHEDULE_FIRES f LEFT JOIN RQ_RUNS r ON r.ID = f.RUN_ID
                WHERE f.SCHEDULE = ? AND f.FIRE_TIME = (SELECT MAX(FIRE_TIME) FROM RQ_SCHEDULE_FIRES WHERE SCHEDULE = ?)
                GROUP BY f.FIRE_TIME, f.MANUAL, r.STATE, f.SKIPPED ORDER BY CELLS DESC""",
                row -> new FireCount(
                        Sql.instant(row, "FIRE_TIME"),
                        row.getBoolean("MANUAL"),
                        Sql.enumOf(row, "STATE", RunState.class),
                        skipped(row),
                        row.getLong("CELLS"),
                        row.getString("RUN_ID")),
                schedule,
                schedule);
    }

    private static State state(ResultSet row) throws SQLException {
        return new State(
                row.getString("NAME"),
                row.getString("TIMING"),
                Sql.instant(row, "NEXT_FIRE_AT"),
                Sql.instant(row, "LAST_FIRE_AT"));
    }

    private static FireWithRun fire(ResultSet row) throws SQLException {
        return new FireWithRun(
                new Fire(
                        row.getString("SCHEDULE"),
                        Sql.instant(row, "FIRE_TIME"),
                        row.getString("CELL"),
                        Sql.instant(row, "HANDLED_AT"),
                        row.getBoolean("MANUAL"),
                        row.getString("RUN_ID"),
                        skipped(row),
                        row.getString("WHY"),
                        row.getLong("TIMES")),
                Sql.enumOf(row, "STATE", RunState.class));
    }

    private static Skipped skipped(ResultSet row) throws SQLException {
        String skipped = row.getString("SKIPPED");
        return skipped == null ? null : Skipped.valueOf(skipped.toUpperCase(Locale.ROOT));
    }
}
