package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.api.ErrorCategory;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.failure.DeclaredCategories;
import io.requartz.policy.PolicyNames;
import io.requartz.policy.PolicyStack;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.retry.Rule;
import io.requartz.run.AttemptOutcome;
import io.requartz.tx.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Invariants I3 (each attempt once), I4 (counters agree with attempts), I5 (attempts are bounded) and I8 (one owner), as queries
 * for what breaks them: the same on all databases, finding nothing in a sound one.
 */
public final class AttemptInvariantRows {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int PAGE = 5_000;

    private final String cluster;

    /** @param cluster what stands in SCHED_NAME */
    public AttemptInvariantRows(String cluster) {
        this.cluster = Objects.requireNonNull(cluster, "cluster");
    }

    // ---- I3

    public List<Breach> numbersWithGaps(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.ATTEMPTS, COUNT(a.TOKEN) AS FOUND, MIN(a.ATTEMPT_NO) AS FIRST_NO,
                    MAX(a.ATTEMPT_NO) AS LAST_NO
                FROM RQ_RUNS r LEFT JOIN RQ_ATTEMPTS a ON a.RUN_ID = r.ID
                GROUP BY r.ID, r.STATE, r.ATTEMPTS
                HAVING COUNT(a.TOKEN) <> r.ATTEMPTS OR COALESCE(MAX(a.ATTEMPT_NO), 0) <> r.ATTEMPTS
                    OR COALESCE(MIN(a.ATTEMPT_NO), 1) <> 1""");
    }

    public List<Breach> withoutRun(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, 'attempt' AS PART, a.ATTEMPT_NO AS NUMBER_OR_SEQ
                FROM RQ_ATTEMPTS a LEFT JOIN RQ_RUNS r ON r.ID = a.RUN_ID WHERE r.ID IS NULL
                UNION ALL
                SELECT e.RUN_ID, 'event', e.SEQ FROM RQ_RUN_EVENTS e LEFT JOIN RQ_RUNS r ON r.ID = e.RUN_ID
                WHERE r.ID IS NULL
                UNION ALL
                SELECT k.RUN_ID, 'key', k.VERSION FROM RQ_RUN_KEYS k LEFT JOIN RQ_RUNS r ON r.ID = k.RUN_ID
                WHERE r.ID IS NULL""");
    }

    public List<Breach> openButNotLast(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, r.ATTEMPTS, a.FIRE_ID FROM RQ_ATTEMPTS a JOIN RQ_RUNS r ON r.ID = a.RUN_ID
                WHERE a.OUTCOME IS NULL AND a.ATTEMPT_NO <> r.ATTEMPTS""");
    }

    public List<Breach> halfEnded(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.OUTCOME, a.ENDED_AT, a.CLOSED_BY FROM RQ_ATTEMPTS a
                WHERE a.OUTCOME IS NULL AND (a.ENDED_AT IS NOT NULL OR a.CLOSED_BY IS NOT NULL)
                    OR a.OUTCOME IS NOT NULL AND (a.ENDED_AT IS NULL OR a.CLOSED_BY IS NULL OR a.OUTCOME NOT IN (%s))""".formatted(RunInvariantRows.list(Arrays.asList(AttemptOutcome.values()))));
    }

    public List<Breach> endedBeforeTheyBegan(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.STARTED_AT, a.ENDED_AT, a.NODE, a.CLOSED_BY FROM RQ_ATTEMPTS a
                WHERE a.ENDED_AT < a.STARTED_AT""");
    }

    public List<Breach> tokensThatDoNotGrow(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.TOKEN, b.ATTEMPT_NO AS THEN_ATTEMPT, b.TOKEN AS THEN_TOKEN
                FROM RQ_ATTEMPTS a JOIN RQ_ATTEMPTS b ON b.RUN_ID = a.RUN_ID AND b.ATTEMPT_NO = a.ATTEMPT_NO + 1
                WHERE b.TOKEN <= a.TOKEN""");
    }

    // ---- I4

    public List<Breach> failuresMiscounted(Tx tx) {
        return Breach.query(tx, """
                SELECT r.ID AS RUN, r.STATE, r.CYCLE, r.FAILURES, COUNT(a.TOKEN) AS FAILED_ATTEMPTS, r.NODES_LOST,
                    COUNT(CASE WHEN a.OUTCOME = 'NODE_LOST' THEN 1 END) AS LOST_ATTEMPTS
                FROM RQ_RUNS r
                LEFT JOIN RQ_ATTEMPTS a ON a.RUN_ID = r.ID AND a.CYCLE = r.CYCLE AND a.OUTCOME IN ('FAILED', 'NODE_LOST')
                GROUP BY r.ID, r.STATE, r.CYCLE, r.FAILURES, r.NODES_LOST
                HAVING COUNT(a.TOKEN) <> r.FAILURES
                    OR COUNT(CASE WHEN a.OUTCOME = 'NODE_LOST' THEN 1 END) <> r.NODES_LOST""");
    }

    private record Counted(String run, int cycle, int failures, String stored, Map<String, Integer> attempts) {}

    private record Failed(String run, int cycle, String category) {}

    /**
     * Reads all runs that have failed in their present cycle, page by page: what is counted is JSON. A page is one statement, so
     * that runs and attempts are of one moment, without a join, so that it is quick without statistics too.
     */
    public List<Breach> categoriesMiscounted(Tx tx) {
        List<Breach> found = new ArrayList<>();
        String last = "";
        String end = endOfPage(tx, last);
        while (end != null && found.size() < Breach.LIMIT) {
            Map<String, Counted> runs = new TreeMap<>();
            List<Failed> attempts = new ArrayList<>();
            Sql.query(
                    tx,
                    """
                    SELECT 'run' AS PART, ID, CYCLE, FAILURES, FAILURES_BY_CATEGORY, LAST_CATEGORY AS CATEGORY FROM RQ_RUNS
                    WHERE ID > ? AND ID <= ? AND (FAILURES > 0 OR FAILURES_BY_CATEGORY IS NOT NULL)
                    UNION ALL
                    SELECT 'attempt', RUN_ID, CYCLE, 0, NULL, CATEGORY FROM RQ_ATTEMPTS
                    WHERE RUN_ID > ? AND RUN_ID <= ? AND OUTCOME IN ('FAILED', 'NODE_LOST')""",
                    row -> row.getString("PART").equals("run") ? read(row, runs) : attempts.add(failed(row)),
                    last,
                    end,
                    last,
                    end);
            attempts.forEach(attempt -> count(attempt, runs.get(attempt.run())));
            runs.values().forEach(run -> add(found, run));
            last = end;
            end = endOfPage(tx, last);
        }
        return found;
    }

    private static boolean read(ResultSet row, Map<String, Counted> runs) throws SQLException {
        String id = row.getString("ID");
        int failures = row.getInt("FAILURES");
        String stored = row.getString("FAILURES_BY_CATEGORY");
        return runs.put(id, new Counted(id, row.getInt("CYCLE"), failures, stored, new TreeMap<>())) == null;
    }

    private static Failed failed(ResultSet row) throws SQLException {
        return new Failed(row.getString("ID"), row.getInt("CYCLE"), String.valueOf(row.getString("CATEGORY")));
    }

    private static void count(Failed attempt, Counted run) {
        if (run != null && run.cycle() == attempt.cycle()) {
            run.attempts().merge(attempt.category(), 1, Integer::sum);
        }
    }

    private static String endOfPage(Tx tx, String last) {
        return Sql.query(tx, """
                        SELECT MAX(p.ID) FROM (SELECT ID FROM RQ_RUNS
                            WHERE ID > ? AND (FAILURES > 0 OR FAILURES_BY_CATEGORY IS NOT NULL)
                            ORDER BY ID LIMIT %d) p""".formatted(PAGE), row -> Optional.ofNullable(row.getString(1)), last)
                .get(0)
                .orElse(null);
    }

    private static void add(List<Breach> found, Counted run) {
        Map<String, Integer> stored = new TreeMap<>();
        String wrong = null;
        try {
            for (Map.Entry<ErrorCategory, Integer> entry :
                    FireRows.readCounts(run.stored()).entrySet()) {
                stored.put(entry.getKey().name(), entry.getValue());
            }
        } catch (RuntimeException broken) {
            wrong = broken.getMessage();
        }
        int sum = stored.values().stream().mapToInt(Integer::intValue).sum();
        if (wrong != null || sum != run.failures() || !stored.equals(run.attempts())) {
            found.add(new Breach(run.run() + ": failures " + run.failures() + ", by category "
                    + (wrong == null ? stored : wrong) + ", failed attempts " + run.attempts()));
        }
    }

    // ---- I5

    /** What holds for each type as far as configuration and plugins decide it, or what is wrong with what is stored. */
    private static Map<String, Object> policies(Tx tx) {
        Map<String, Definition> definitions = new HashMap<>();
        new DefinitionRows()
                .all(tx).stream()
                        .filter(definition -> definition.kind() == DefinitionKind.POLICY)
                        .forEach(definition -> definitions.put(definition.name(), definition));
        Map<String, Object> policies = new LinkedHashMap<>();
        Sql.query(
                tx,
                "SELECT NAME, POLICY FROM RQ_JOB_TYPES ORDER BY NAME",
                row -> policies.put(
                        row.getString("NAME"), policy(row.getString("NAME"), row.getString("POLICY"), definitions)));
        return policies;
    }

    private static Object policy(String type, String stored, Map<String, Definition> definitions) {
        try {
            JsonNode pluginSays = JSON.readTree(stored);
            RetryPolicyFormat.parse(pluginSays, RetryPolicy.DEFAULT);
            PolicyStack stack = new PolicyStack(name -> Optional.ofNullable(definitions.get(name)));
            boolean changing = stack.choice(type).policy() != null
                    || changedLive(definitions.get(PolicyNames.DEFAULT))
                    || changedLive(definitions.get(PolicyNames.ofType(type)));
            ResolvedPolicy resolved =
                    ResolvedPolicy.of(stack.ofType(type, "", pluginSays, null), DeclaredCategories.NONE);
            // what was decided by a policy that payloads choose, or that people have changed since, is not wrong now
            return changing || !resolved.leftOut().isEmpty() ? "" : resolved.policy();
        } catch (JsonProcessingException | RuntimeException broken) {
            return String.valueOf(broken.getMessage());
        }
    }

    private static Optional<String> notAnObject(String text) {
        try {
            return JSON.readTree(text).isObject() ? Optional.empty() : Optional.of("no JSON object");
        } catch (JsonProcessingException broken) {
            return Optional.of(broken.getOriginalMessage());
        }
    }

    private static boolean changedLive(Definition definition) {
        return definition != null && definition.version() > 0;
    }

    public List<Breach> unreadablePolicies(Tx tx) {
        List<Breach> found = new ArrayList<>();
        policies(tx).forEach((type, policy) -> {
            if (policy instanceof String broken && !broken.isEmpty()) {
                found.add(new Breach(type + ": " + broken));
            }
        });
        for (String column : List.of("CONFIGURED", "LIVE")) {
            Map<String, String> stored = new LinkedHashMap<>();
            Sql.query(
                    tx,
                    "SELECT NAME, " + column + " FROM RQ_DEFINITIONS WHERE KIND = 'POLICY' AND " + column
                            + " IS NOT NULL ORDER BY NAME",
                    row -> stored.put(row.getString(1), row.getString(2)));
            stored.forEach((name, text) ->
                    notAnObject(text).ifPresent(wrong -> found.add(new Breach("definition " + name + ": " + wrong))));
        }
        return found;
    }

    /** Against the policies as they are stored now; an unreadable one sets no limit, and a run's own is not looked into. */
    public List<Breach> moreAttemptsThanAllowed(Tx tx) {
        StringBuilder limits = new StringBuilder("CASE r.TYPE");
        List<Object> parameters = new ArrayList<>();
        policies(tx).forEach((type, policy) -> {
            limits.append(" WHEN ? THEN ")
                    .append(policy instanceof RetryPolicy read ? atMost(read) : RetryPolicy.UNLIMITED);
            parameters.add(type);
        });
        if (parameters.isEmpty()) {
            return List.of();
        }
        // a type that nobody has stored sets no limit either
        limits.append(" ELSE ").append(RetryPolicy.UNLIMITED).append(" END");
        return Breach.query(tx, """
                SELECT c.RUN_ID AS RUN, c.TYPE, c.CYCLE, c.COUNTED, c.ALLOWED FROM (
                    SELECT a.RUN_ID, r.TYPE, a.CYCLE, COUNT(*) AS COUNTED, %s AS ALLOWED
                    FROM RQ_ATTEMPTS a JOIN RQ_RUNS r ON r.ID = a.RUN_ID
                    WHERE r.POLICY IS NULL AND (a.OUTCOME IS NULL OR a.OUTCOME NOT IN ('HANDED_OVER', 'CANCELLED'))
                    GROUP BY a.RUN_ID, r.TYPE, a.CYCLE) c
                WHERE c.COUNTED > c.ALLOWED""".formatted(limits), parameters.toArray());
    }

    /** Categories with a limit of their own count apart, so at the worst all limits are used up one after the other. */
    private static int atMost(RetryPolicy policy) {
        long sum = policy.maxAttempts();
        for (Rule own : policy.byCategory().values()) {
            Integer more = own.limits().maxAttempts();
            sum += more == null ? 0 : more;
        }
        return (int) Math.min(sum, RetryPolicy.UNLIMITED);
    }

    public List<Breach> lostTooOften(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.CYCLE, COUNT(*) AS NODES_LOST FROM RQ_ATTEMPTS a
                WHERE a.OUTCOME = 'NODE_LOST' GROUP BY a.RUN_ID, a.CYCLE HAVING COUNT(*) > 3""");
    }

    // ---- I8

    public List<Breach> firedWithoutOpenAttempt(Tx tx) {
        return Breach.query(tx, """
                SELECT f.TRIGGER_NAME, f.ENTRY_ID, f.INSTANCE_NAME, a.RUN_ID AS RUN, a.ATTEMPT_NO, a.OUTCOME, a.CLOSED_BY
                FROM QRTZ_FIRED_TRIGGERS f LEFT JOIN RQ_ATTEMPTS a ON a.FIRE_ID = f.ENTRY_ID
                WHERE f.SCHED_NAME = ? AND f.TRIGGER_GROUP = 'requartz' AND (a.TOKEN IS NULL OR a.OUTCOME IS NOT NULL)""", cluster);
    }

    public List<Breach> firedTwice(Tx tx) {
        return Breach.query(tx, """
                SELECT f.RUN, COUNT(*) AS FIRED_ROWS, MIN(f.INSTANCE_NAME) AS ONE, MAX(f.INSTANCE_NAME) AS OTHER_ONE FROM (
                    SELECT SUBSTRING(TRIGGER_NAME, 1, POSITION('#' IN CONCAT(TRIGGER_NAME, '#')) - 1) AS RUN, INSTANCE_NAME
                    FROM QRTZ_FIRED_TRIGGERS WHERE SCHED_NAME = ? AND TRIGGER_GROUP = 'requartz') f
                GROUP BY f.RUN HAVING COUNT(*) > 1""", cluster);
    }

    /** Fire instance ids begin with the boot that gave them, and boots with their node. */
    public List<Breach> openWithAnotherOwner(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.FIRE_ID, a.NODE, r.NODE AS RUN_NODE, f.INSTANCE_NAME
                FROM RQ_ATTEMPTS a JOIN RQ_RUNS r ON r.ID = a.RUN_ID
                LEFT JOIN QRTZ_FIRED_TRIGGERS f ON f.SCHED_NAME = ? AND f.ENTRY_ID = a.FIRE_ID
                WHERE a.OUTCOME IS NULL AND (
                    SUBSTRING(a.FIRE_ID, 1, CHAR_LENGTH(a.NODE) + 1) <> CONCAT(a.NODE, '.')
                    OR SUBSTRING(a.FIRE_ID, 1, CHAR_LENGTH(f.INSTANCE_NAME) + 1) <> CONCAT(f.INSTANCE_NAME, '.')
                    OR r.STATE = 'RUNNING' AND COALESCE(r.NODE, '') <> a.NODE)""", cluster);
    }

    public List<Breach> closedByAStranger(Tx tx) {
        return Breach.query(tx, """
                SELECT a.RUN_ID AS RUN, a.ATTEMPT_NO, a.OUTCOME, a.FIRE_ID, a.CLOSED_BY FROM RQ_ATTEMPTS a
                WHERE a.OUTCOME <> 'NODE_LOST'
                    AND SUBSTRING(a.FIRE_ID, 1, CHAR_LENGTH(a.CLOSED_BY) + 1) <> CONCAT(a.CLOSED_BY, '.')""");
    }
}
