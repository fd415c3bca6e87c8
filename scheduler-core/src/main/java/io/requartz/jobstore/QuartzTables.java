package io.requartz.jobstore;

import io.requartz.jdbc.TriggerRows;
import java.io.IOException;
import java.io.InvalidClassException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.quartz.Calendar;
import org.quartz.TriggerKey;
import org.quartz.impl.jdbcjobstore.FiredTriggerRecord;
import org.quartz.impl.jdbcjobstore.StdJDBCDelegate;
import org.quartz.impl.matchers.GroupMatcher;

/**
 * Quartz's statements for foreign triggers, the same for the four databases. Ours are left out wherever Quartz looks for work, and
 * nothing that was Java-serialized is ever read back.
 */
final class QuartzTables extends StdJDBCDelegate {

    @Override
    protected void addDefaultTriggerPersistenceDelegates() {
        super.addDefaultTriggerPersistenceDelegates();
        addTriggerPersistenceDelegate(new RunTriggers());
    }

    @Override
    public List<TriggerKey> selectTriggerToAcquire(Connection conn, long noLaterThan, long noEarlierThan, int maxCount)
            throws SQLException {
        String sql = rtp("""
                SELECT TRIGGER_NAME, TRIGGER_GROUP FROM {0}TRIGGERS
                WHERE SCHED_NAME = {1} AND (TRIGGER_GROUP < ? OR TRIGGER_GROUP > ?) AND TRIGGER_STATE = ?
                    AND NEXT_FIRE_TIME <= ? AND (MISFIRE_INSTR = -1 OR NEXT_FIRE_TIME >= ?)
                ORDER BY NEXT_FIRE_TIME, PRIORITY DESC""");
        try (PreparedStatement statement = conn.prepareStatement(sql)) {
            statement.setMaxRows(Math.max(1, maxCount));
            bindForeignWaiting(statement);
            statement.setLong(4, noLaterThan);
            statement.setLong(5, noEarlierThan);
            try (ResultSet rows = statement.executeQuery()) {
                List<TriggerKey> keys = new ArrayList<>();
                while (rows.next() && keys.size() < Math.max(1, maxCount)) {
                    keys.add(new TriggerKey(rows.getString(1), rows.getString(2)));
                }
                return keys;
            }
        }
    }

    /** When the earliest foreign trigger is due; {@link Long#MAX_VALUE} if there is none. Reads nothing of ours. */
    long nextForeign(Connection conn) throws SQLException {
        String sql = rtp("""
                SELECT MIN(NEXT_FIRE_TIME) FROM {0}TRIGGERS
                WHERE SCHED_NAME = {1} AND (TRIGGER_GROUP < ? OR TRIGGER_GROUP > ?) AND TRIGGER_STATE = ?""");
        try (PreparedStatement statement = conn.prepareStatement(sql)) {
            bindForeignWaiting(statement);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                long next = rows.getLong(1);
                return rows.wasNull() ? Long.MAX_VALUE : next;
            }
        }
    }

    /** Bound, not written: Quartz passes its statements through a formatter that eats quotes. */
    private static void bindForeignWaiting(PreparedStatement statement) throws SQLException {
        statement.setString(1, TriggerRows.GROUP);
        statement.setString(2, TriggerRows.GROUP);
        statement.setString(3, STATE_WAITING);
    }

    /** What a dead instance had fired, of foreign triggers. */
    @Override
    public List<FiredTriggerRecord> selectInstancesFiredTriggerRecords(Connection conn, String instanceName)
            throws SQLException {
        return super.selectInstancesFiredTriggerRecords(conn, instanceName).stream()
                .filter(fired -> !TriggerRows.GROUP.equals(fired.getTriggerKey().getGroup()))
                .toList();
    }

    /** Quartz's recovery ends with this; a fired row of ours is the only trace of an open attempt, and not Quartz's to delete. */
    @Override
    public int deleteFiredTriggers(Connection conn, String instanceName) throws SQLException {
        String sql = rtp("""
                DELETE FROM {0}FIRED_TRIGGERS
                WHERE SCHED_NAME = {1} AND INSTANCE_NAME = ? AND (TRIGGER_GROUP < ? OR TRIGGER_GROUP > ?)""");
        try (PreparedStatement statement = conn.prepareStatement(sql)) {
            statement.setString(1, instanceName);
            statement.setString(2, TriggerRows.GROUP);
            statement.setString(3, TriggerRows.GROUP);
            return statement.executeUpdate();
        }
    }

    // ---- Quartz's API pauses, resumes and removes foreign triggers only: ours belong to runs

    @Override
    public List<String> selectTriggerGroups(Connection conn) throws SQLException {
        return foreignGroups(super.selectTriggerGroups(conn));
    }

    @Override
    public List<String> selectTriggerGroups(Connection conn, GroupMatcher<TriggerKey> matcher) throws SQLException {
        return foreignGroups(super.selectTriggerGroups(conn, matcher));
    }

    private static List<String> foreignGroups(List<String> groups) {
        return groups.stream().filter(group -> !TriggerRows.GROUP.equals(group)).toList();
    }

    @Override
    public Set<TriggerKey> selectTriggersInGroup(Connection conn, GroupMatcher<TriggerKey> matcher)
            throws SQLException {
        return super.selectTriggersInGroup(conn, matcher).stream()
                .filter(key -> !isOurs(key))
                .collect(Collectors.toSet());
    }

    @Override
    public int updateTriggerGroupStateFromOtherStates(
            Connection conn, GroupMatcher<TriggerKey> matcher, String state, String one, String two, String three)
            throws SQLException {
        int changed = 0;
        for (TriggerKey key : selectTriggersInGroup(conn, matcher)) {
            changed += updateTriggerStateFromOtherStates(conn, key, state, one, two, three);
        }
        return changed;
    }

    @Override
    public int updateTriggerGroupStateFromOtherState(
            Connection conn, GroupMatcher<TriggerKey> matcher, String state, String old) throws SQLException {
        int changed = 0;
        for (TriggerKey key : selectTriggersInGroup(conn, matcher)) {
            changed += updateTriggerStateFromOtherState(conn, key, state, old);
        }
        return changed;
    }

    @Override
    public int updateTriggerState(Connection conn, TriggerKey key, String state) throws SQLException {
        return isOurs(key) ? 0 : super.updateTriggerState(conn, key, state);
    }

    @Override
    public int updateTriggerStateFromOtherStates(
            Connection conn, TriggerKey key, String state, String one, String two, String three) throws SQLException {
        return isOurs(key) ? 0 : super.updateTriggerStateFromOtherStates(conn, key, state, one, two, three);
    }

    @Override
    public int updateTriggerStateFromOtherState(Connection conn, TriggerKey key, String state, String old)
            throws SQLException {
        return isOurs(key) ? 0 : super.updateTriggerStateFromOtherState(conn, key, state, old);
    }

    @Override
    public int deleteTrigger(Connection conn, TriggerKey key) throws SQLException {
        return isOurs(key) ? 0 : super.deleteTrigger(conn, key);
    }

    private static boolean isOurs(TriggerKey key) {
        return TriggerRows.GROUP.equals(key.getGroup());
    }

    // ---- nothing Java-serialized

    @Override
    protected Object getObjectFromBlob(ResultSet rows, String column) throws IOException, SQLException {
        byte[] bytes = rows.getBytes(column);
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        throw new InvalidClassException("Requartz does not read Java-serialized data from the database (" + column
                + "); keep job data as strings and calendars out of QRTZ_CALENDARS");
    }

    /** Job data are properties; they are read as bytes, which all four drivers understand. */
    @Override
    protected Object getJobDataFromBlob(ResultSet rows, String column) throws SQLException {
        byte[] bytes = rows.getBytes(column);
        return bytes == null || bytes.length == 0 ? null : new java.io.ByteArrayInputStream(bytes);
    }

    @Override
    public int insertCalendar(Connection conn, String name, Calendar calendar) throws IOException {
        throw new InvalidClassException("Requartz keeps no calendars in QRTZ_CALENDARS: they would be Java-serialized");
    }

    @Override
    public int insertBlobTrigger(Connection conn, org.quartz.spi.OperableTrigger trigger) throws IOException {
        throw new InvalidClassException("Requartz keeps no triggers of class "
                + trigger.getClass().getName() + ": they would be Java-serialized");
    }
}
