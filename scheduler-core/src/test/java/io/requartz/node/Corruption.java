package io.requartz.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One way to spoil a sound database. Runs are named as in {@link ClinicRuns}.
 *
 * @param what part of the finding that must come
 * @param example how one of its examples begins
 */
record Corruption(
        String name, String invariant, Severity severity, String what, String example, List<String> statements) {

    private static final String CLUSTER = "test";
    private static final String ATTEMPT =
            "INSERT INTO RQ_ATTEMPTS (RUN_ID, ATTEMPT_NO, CYCLE, FIRE_ID, NODE, STARTED_AT, ENDED_AT, OUTCOME, CLOSED_BY, NEXT_STATE)"
                    + " VALUES ('%s', %d, 1, 'manual.x.1', 'manual', 5, 6, 'SUCCEEDED', 'manual.x', 'SUCCEEDED')";
    private static final String FIRED =
            "INSERT INTO QRTZ_FIRED_TRIGGERS (SCHED_NAME, ENTRY_ID, TRIGGER_NAME, TRIGGER_GROUP, INSTANCE_NAME, FIRED_TIME,"
                    + " SCHED_TIME, PRIORITY, STATE, JOB_NAME, JOB_GROUP) VALUES ('" + CLUSTER
                    + "', '%s', '%s', '%s', '%s', %d, 5, 5, 'EXECUTING', 'scripted', 'requartz')";
    private static final String FOREIGN =
            "INSERT INTO QRTZ_TRIGGERS (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP, JOB_NAME, JOB_GROUP, NEXT_FIRE_TIME, TRIGGER_STATE,"
                    + " TRIGGER_TYPE, START_TIME) VALUES ('" + CLUSTER
                    + "', 'nightly', 'THEIRS', 'report', 'THEIRS', 5, '%s', 'CRON', 5)";
    private static final String FIRE =
            "INSERT INTO RQ_SCHEDULE_FIRES (SCHEDULE, FIRE_TIME, CELL, HANDLED_AT, MANUAL, RUN_ID, SKIPPED, TIMES, MAY_BE_OPEN)"
                    + " VALUES ('hourly', 5, '', 5, FALSE, %s, %s, 1, %s)";
    private static final String FOREIGN_CRON =
            "INSERT INTO QRTZ_CRON_TRIGGERS (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP," + " CRON_EXPRESSION) VALUES ('"
                    + CLUSTER + "', 'nightly', 'THEIRS', '0 0 3 * * ?')";

    @Override
    public String toString() {
        return invariant + ": " + name;
    }

    static Stream<Corruption> all() {
        List<Corruption> all = new ArrayList<>();
        addRuns(all);
        addAttempts(all);
        addCounters(all);
        addScopes(all);
        addOwners(all);
        addTriggers(all);
        addRunning(all);
        addForeign(all);
        addSchedules(all);
        addBulkActions(all);
        return all.stream();
    }

    private static Corruption broken(String name, String invariant, String what, String example, String... statements) {
        return new Corruption(name, invariant, Severity.ERROR, what, example, List.of(statements));
    }

    private Corruption as(Severity mild) {
        return new Corruption(name, invariant, mild, what, example, statements);
    }

    private static String run(String name, String assignment) {
        return "UPDATE RQ_RUNS SET " + assignment + " WHERE ID = '{" + name + "}'";
    }

    private static String attempt(String name, int number, String assignment) {
        return "UPDATE RQ_ATTEMPTS SET " + assignment + " WHERE RUN_ID = '{" + name + "}' AND ATTEMPT_NO = " + number;
    }

    private static String trigger(String name, int attempt, String assignment) {
        return "UPDATE QRTZ_TRIGGERS SET " + assignment + " WHERE TRIGGER_NAME = '{" + name + "}#" + attempt + "'";
    }

    private static void addRuns(List<Corruption> all) {
        for (String waiting : List.of("{scheduled}#1", "{retrying}#2")) {
            all.add(broken(
                    "the trigger of a waiting run is gone",
                    "I1",
                    "waiting run has no trigger",
                    waiting.substring(0, waiting.indexOf('#')) + ": state ",
                    "DELETE FROM QRTZ_TRIGGERS WHERE TRIGGER_NAME = '" + waiting + "'"));
        }
        all.add(broken(
                "a dead letter is gone",
                "I1",
                "no open dead letter",
                "{dead}",
                "DELETE FROM RQ_DEAD_LETTERS WHERE RUN_ID = '{dead}'"));
        all.add(broken(
                "a dead letter was closed, its run not",
                "I1",
                "says other than its run",
                "{dead}: status RESOLVED",
                "UPDATE RQ_DEAD_LETTERS SET STATUS = 'RESOLVED' WHERE RUN_ID = '{dead}'"));
        all.add(broken(
                "a dead letter of a settled run is open",
                "I1",
                "says other than its run",
                "{resolved}: status OPEN",
                "UPDATE RQ_DEAD_LETTERS SET STATUS = 'OPEN' WHERE RUN_ID = '{resolved}'"));
        all.add(broken(
                "a dead letter has no run",
                "I1",
                "says other than its run",
                "nobody: status OPEN, cycle 1, state none",
                "UPDATE RQ_DEAD_LETTERS SET RUN_ID = 'nobody' WHERE RUN_ID = '{dead}'"));
        all.add(broken(
                "a run died twice in a cycle",
                "I1",
                "more than once in a cycle",
                "{exhausted}: cycle 1, deaths 2",
                attempt("exhausted", 1, "NEXT_STATE = 'DEAD'")));
        all.add(broken(
                "a parked run has no reason", "I1", "does not say why", "{parked}", run("parked", "REASON = NULL")));
        all.add(broken(
                "a settled run has no end",
                "I1",
                "ended without a time",
                "{succeeded}",
                run("succeeded", "FINISHED_AT = NULL")));
        all.add(broken(
                "an open run has an end", "I1", "goes on although", "{retrying}", run("retrying", "FINISHED_AT = 5")));
        addStates(all);
    }

    private static void addScopes(List<Corruption> all) {
        all.add(broken(
                "a parked run is in no list",
                "I1",
                "in no guard's list",
                "{parked}: type scripted, reason breaker:shop, guard none",
                "DELETE FROM RQ_PARKED WHERE RUN_ID = '{parked}'"));
        all.add(broken(
                "a parked run is in another list",
                "I1",
                "in no guard's list",
                "{parked}",
                "UPDATE RQ_PARKED SET HOLD_KEY = 'other' WHERE RUN_ID = '{parked}'"));
        all.add(broken(
                "a list has a run that waits for its time",
                "I1",
                "has a run that is not PARKED",
                "{scheduled}: guard breaker, hold key shop, state SCHEDULED",
                "INSERT INTO RQ_PARKED (RUN_ID, GUARD, HOLD_KEY, SINCE, PRIORITY, DUE_AT)"
                        + " VALUES ('{scheduled}', 'breaker', 'shop', 5, 5, 5)"));
        all.add(broken(
                "a run is held by no scope",
                "I1",
                "scope that does not exist",
                "{held}",
                "UPDATE RQ_PARKED SET HOLD_KEY = '77' WHERE RUN_ID = '{held}'",
                run("held", "REASON = 'scope:77'")));
        all.add(broken(
                "a scope counts wrongly",
                "I4",
                "not those that its attempts say",
                "1: name sync, failures 7, epoch 1, counted 3",
                "UPDATE RQ_SCOPES SET FAILURES = 7"));
        all.add(broken(
                "a counted attempt is gone from its scope",
                "I4",
                "not those that its attempts say",
                "1: name sync, failures 3, epoch 1, counted 2",
                attempt("counted", 1, "SCOPE_ID = NULL")));
        all.add(broken(
                "a success was counted",
                "I4",
                "and should not be",
                "{succeeded}",
                attempt("succeeded", 1, "SCOPE_ID = 1, SCOPE_EPOCH = 0")));
        all.add(broken(
                "a scope is half disabled",
                "I4",
                "neither enabled nor disabled",
                "1: name sync",
                "UPDATE RQ_SCOPES SET DISABLED_AT = NULL"));
        all.add(broken(
                "a run has no such scope",
                "I4",
                "belongs to a scope that does not exist",
                "{held}",
                run("held", "SCOPE_ID = 77")));
        all.add(broken(
                "a fire made two runs",
                "I10",
                "made several runs",
                "nightly: scheduled at 5, cell none, runs 2",
                "UPDATE RQ_RUNS SET SCHEDULE = 'nightly', SCHEDULED_AT = 5 WHERE ID IN ('{scheduled}', '{unique}')"));
    }

    private static void addStates(List<Corruption> all) {
        all.add(broken(
                "an attempt ends in a state that RUNNING does not lead to",
                "I2",
                "what it may not become",
                "{succeeded}: attempt no 1, outcome SUCCEEDED, next state RESOLVED",
                attempt("succeeded", 1, "NEXT_STATE = 'RESOLVED'")));
        all.add(broken(
                "a success is retried",
                "I2",
                "what it may not become",
                "{succeeded}",
                attempt("succeeded", 1, "NEXT_STATE = 'RETRYING'")));
        all.add(broken(
                "an attempt ends in no state",
                "I2",
                "what it may not become",
                "{succeeded}",
                attempt("succeeded", 1, "NEXT_STATE = NULL")));
        all.add(broken(
                "an event tells of an illegal change",
                "I2",
                "not allowed",
                "{cancelled}: kind cancelled, from state SUCCEEDED",
                "UPDATE RQ_RUN_EVENTS SET FROM_STATE = 'SUCCEEDED' WHERE RUN_ID = '{cancelled}'"));
        all.add(broken(
                "a dead run came back by itself",
                "I2",
                "not allowed",
                "{again}: kind retried",
                "UPDATE RQ_RUN_EVENTS SET ACTOR = 'system' WHERE RUN_ID = '{again}'"));
        for (String state : List.of("FAILED", "SCHEDULED", "DEAD", "FLYING")) {
            all.add(broken(
                    "a success became " + state,
                    "I2",
                    "does not follow from",
                    "{succeeded}: state " + state,
                    run("succeeded", "STATE = '" + state + "'")));
        }
        all.add(broken(
                "a settled run waits again",
                "I2",
                "does not follow from",
                "{rejected}",
                run("rejected", "STATE = 'RETRYING'")));
        all.add(broken(
                "an attempt follows a success",
                "I2",
                "follows one that had ended",
                "{succeeded}: attempt no 1",
                ATTEMPT.formatted("{succeeded}", 2),
                run("succeeded", "ATTEMPTS = 2")));
        all.add(broken(
                "an attempt follows a death in the same cycle",
                "I2",
                "follows one that had ended",
                "{again}: attempt no 1",
                "UPDATE RQ_ATTEMPTS SET CYCLE = 2 WHERE RUN_ID = '{again}'"));
        all.add(broken(
                "a cancelled run was scheduled again",
                "I2",
                "after it was settled",
                "{cancelled}: kind cancelled",
                "INSERT INTO RQ_RUN_EVENTS (RUN_ID, AT, KIND, FROM_STATE, TO_STATE, ACTOR)"
                        + " VALUES ('{cancelled}', 5, 'due_now', 'PARKED', 'SCHEDULED', 'anna')"));
        all.add(broken(
                "a resolved run is dead again",
                "I2",
                "after it was settled",
                "{resolved}",
                run("resolved", "STATE = 'DEAD'")));
        all.add(broken("nobody began a cycle", "I2", "no person began", "{again}: cycle 3", run("again", "CYCLE = 3")));
    }

    private static void addAttempts(List<Corruption> all) {
        all.add(broken(
                "an attempt is missing",
                "I3",
                "not numbered 1 to n",
                "{exhausted}: state DEAD, attempts 4, found 3",
                "DELETE FROM RQ_ATTEMPTS WHERE RUN_ID = '{exhausted}' AND ATTEMPT_NO = 2"));
        all.add(broken(
                "the only attempt is missing",
                "I3",
                "not numbered 1 to n",
                "{succeeded}",
                "DELETE FROM RQ_ATTEMPTS WHERE RUN_ID = '{succeeded}'"));
        all.add(broken(
                "numbers begin at 0",
                "I3",
                "not numbered 1 to n",
                "{exhausted}",
                attempt("exhausted", 1, "ATTEMPT_NO = 0")));
        all.add(broken(
                "an attempt has no run",
                "I3",
                "belong to no run",
                "nobody: part attempt",
                ATTEMPT.formatted("nobody", 1)));
        all.add(broken(
                "an event has no run",
                "I3",
                "belong to no run",
                "nobody: part event",
                "UPDATE RQ_RUN_EVENTS SET RUN_ID = 'nobody' WHERE RUN_ID = '{cancelled}'"));
        all.add(
                broken(
                        "a key has no run",
                        "I3",
                        "belong to no run",
                        "nobody: part key",
                        "INSERT INTO RQ_RUN_KEYS (KIND, TYPE, KEY_VALUE, RUN_ID, VERSION) VALUES ('UNIQUE', 'scripted', 'k', 'nobody', 1)"));
        all.add(broken(
                "an attempt before the last is open",
                "I3",
                "not its run's last",
                "{exhausted}: attempt no 1",
                attempt("exhausted", 1, "OUTCOME = NULL, ENDED_AT = NULL, CLOSED_BY = NULL, NEXT_STATE = NULL")));
        for (String half : List.of("CLOSED_BY = NULL", "ENDED_AT = NULL", "OUTCOME = NULL", "OUTCOME = 'LOST'")) {
            all.add(broken(
                    "an attempt is ended by half: " + half,
                    "I3",
                    "no whole end",
                    "{succeeded}",
                    attempt("succeeded", 1, half)));
        }
        all.add(broken(
                        "an attempt ended before it began",
                        "I3",
                        "ended before",
                        "{succeeded}",
                        attempt("succeeded", 1, "ENDED_AT = STARTED_AT - 1"))
                .as(Severity.WARNING));
        all.add(broken(
                "a fencing token shrank",
                "I3",
                "no larger fencing token",
                "{exhausted}: attempt no 2",
                attempt("exhausted", 3, "TOKEN = -1 * TOKEN")));
    }

    private static void addCounters(List<Corruption> all) {
        all.add(broken(
                "a failure too many",
                "I4",
                "failures are not those",
                "{retrying}: state RETRYING",
                run("retrying", "FAILURES = 2")));
        all.add(broken(
                "failures of another cycle", "I4", "failures are not those", "{again}", run("again", "FAILURES = 2")));
        all.add(broken(
                "a lost node not counted", "I4", "failures are not those", "{lost}", run("lost", "NODES_LOST = 0")));
        for (String counts : List.of("'{\"timeout\":1}'", "'{\"server_error\":2}'", "'not JSON'", "NULL")) {
            all.add(broken(
                    "failures by category: " + counts,
                    "I4",
                    "failures by category",
                    "{retrying}: failures 1",
                    run("retrying", "FAILURES_BY_CATEGORY = " + counts)));
        }
        all.add(broken(
                        "more attempts than the policy allows",
                        "I5",
                        "than the type's policy allows",
                        "{exhausted}: type scripted, cycle 1, counted 4, allowed 3",
                        "UPDATE RQ_JOB_TYPES SET POLICY = '{\"max-attempts\": 3}'")
                .as(Severity.WARNING));
        all.add(broken(
                "four nodes lost",
                "I5",
                "lost its node more than three times",
                "{exhausted}: cycle 1, nodes lost 4",
                "UPDATE RQ_ATTEMPTS SET OUTCOME = 'NODE_LOST' WHERE RUN_ID = '{exhausted}'"));
        for (String policy : List.of("{\"max-attempts\": \"many\"}", "not JSON")) {
            all.add(broken(
                    "a policy that cannot be read: " + policy,
                    "I5",
                    "stored policy cannot be read",
                    "scripted: ",
                    "UPDATE RQ_JOB_TYPES SET POLICY = '" + policy + "'"));
        }
        for (String live : List.of("not JSON", "[]")) {
            all.add(broken(
                    "a live policy that cannot be read: " + live,
                    "I5",
                    "stored policy cannot be read",
                    "definition type:scripted: ",
                    "INSERT INTO RQ_DEFINITIONS (KIND, NAME, LIVE, SET_NO, RETIRED, VERSION) VALUES ('POLICY', 'type:scripted', '"
                            + live + "', 0, FALSE, 1)"));
        }
    }

    private static void addOwners(List<Corruption> all) {
        all.add(broken(
                "a closed attempt is still fired",
                "I8",
                "fired row has no open attempt",
                "{running}#1: ",
                attempt(
                        "running",
                        1,
                        "OUTCOME = 'SUCCEEDED', ENDED_AT = 6, CLOSED_BY = 'x', NEXT_STATE = 'SUCCEEDED'")));
        all.add(broken(
                "a fired row has no attempt",
                "I8",
                "fired row has no open attempt",
                "{scheduled}#1: ",
                FIRED.formatted("ghost", "{scheduled}#1", "requartz", ClinicRuns.OTHER_BOOT, 5)));
        all.add(broken(
                "a run is fired on two nodes",
                "I8",
                "fired twice",
                "{running}: fired rows 2",
                FIRED.formatted("ghost", "{running}#1", "requartz", "manual.ghost", 5)));
        all.add(broken(
                "an open attempt is another node's",
                "I8",
                "two owners",
                "{running}: attempt no 1",
                attempt("running", 1, "NODE = 'manual'")));
        all.add(broken(
                "a running run is another node's", "I8", "two owners", "{running}", run("running", "NODE = 'manual'")));
        all.add(broken(
                "a fired row is another boot's",
                "I8",
                "two owners",
                "{running}",
                "UPDATE QRTZ_FIRED_TRIGGERS SET INSTANCE_NAME = 'manual.x' WHERE TRIGGER_NAME = '{running}#1'"));
        all.add(broken(
                "another boot told of a success",
                "I8",
                "another boot than its own",
                "{succeeded}",
                attempt("succeeded", 1, "CLOSED_BY = 'other.x'")));
    }

    private static void addTriggers(List<Corruption> all) {
        for (String state : List.of("ERROR", "PAUSED", "ACQUIRED", "COMPLETE")) {
            all.add(broken(
                    "a run's trigger is " + state,
                    "I9",
                    "not WAITING",
                    "{scheduled}#1: trigger state " + state,
                    trigger("scheduled", 1, "TRIGGER_STATE = '" + state + "'")));
        }
        for (String name : List.of("{scheduled}#9", "{succeeded}#2", "{running}#2", "nobody#1", "nonsense")) {
            all.add(broken(
                    "a trigger that no run waits for: " + name,
                    "I9",
                    "No run waits for",
                    name,
                    trigger("scheduled", 1, "TRIGGER_NAME = '" + name + "'")));
        }
        for (String other :
                List.of("NEXT_FIRE_TIME = 5", "NEXT_FIRE_TIME = NULL", "PRIORITY = 9", "JOB_NAME = 'another'")) {
            all.add(broken(
                    "a trigger unlike its run: " + other,
                    "I9",
                    "another time, priority or type",
                    "{scheduled}: due at",
                    trigger("scheduled", 1, other)));
        }
        all.add(broken(
                "a waiting run has no time",
                "I9",
                "another time, priority or type",
                "{scheduled}",
                run("scheduled", "DUE_AT = NULL")));
        all.add(broken("a settled run is due", "I9", "has a due time", "{succeeded}", run("succeeded", "DUE_AT = 5")));
        all.add(broken(
                "nobody has the unique key of an open run",
                "I9",
                "is not held by it",
                "{unique}",
                "DELETE FROM RQ_RUN_KEYS WHERE RUN_ID = '{unique}'"));
        all.add(broken(
                "another run has the unique key of an open one",
                "I9",
                "is not held by it",
                "{unique}",
                "UPDATE RQ_RUN_KEYS SET RUN_ID = '{succeeded}' WHERE RUN_ID = '{unique}'"));
        all.add(broken(
                "nobody has the idempotency key of a run",
                "I9",
                "is not held by it",
                "{succeeded}",
                run("succeeded", "IDEMPOTENCY_KEY = 'k'")));
        all.add(broken(
                "a trigger has no row of its kind",
                "I9",
                "lacks the row of its kind",
                "nightly: trigger group THEIRS",
                FOREIGN.formatted("WAITING")));
        all.add(broken(
                "a run's trigger is of Quartz's own kind",
                "I9",
                "lacks the row of its kind",
                "{scheduled}#1: trigger group requartz",
                trigger("scheduled", 1, "TRIGGER_TYPE = 'SIMPLE'")));
        all.add(broken(
                "a row of a kind has no trigger",
                "I9",
                "is left over",
                "nightly: trigger group THEIRS, kind CRON",
                FOREIGN_CRON));
        all.add(broken(
                "a trigger is of two kinds",
                "I9",
                "is left over",
                "{scheduled}#1: trigger group requartz, kind CRON",
                "INSERT INTO QRTZ_CRON_TRIGGERS (SCHED_NAME, TRIGGER_NAME, TRIGGER_GROUP, CRON_EXPRESSION)"
                        + " VALUES ('" + CLUSTER + "', '{scheduled}#1', 'requartz', '0 0 3 * * ?')"));
    }

    private static void addRunning(List<Corruption> all) {
        all.add(broken(
                "a running run has no attempt",
                "I9",
                "RUNNING run has no open attempt",
                "{running}",
                "DELETE FROM RQ_ATTEMPTS WHERE RUN_ID = '{running}'"));
        all.add(broken(
                "a run with an open attempt waits",
                "I9",
                "its run is not RUNNING",
                "{running}: attempt no 1",
                run("running", "STATE = 'RETRYING'")));
        all.add(broken(
                "an open attempt has no fired row",
                "I9",
                "no fired row that fits",
                "{running}",
                "DELETE FROM QRTZ_FIRED_TRIGGERS WHERE TRIGGER_NAME = '{running}#1'"));
        all.add(broken(
                "an open attempt is only acquired",
                "I9",
                "no fired row that fits",
                "{running}",
                "UPDATE QRTZ_FIRED_TRIGGERS SET STATE = 'ACQUIRED' WHERE TRIGGER_NAME = '{running}#1'"));
        all.add(broken(
                "a fired row of a node that is not known",
                "I9",
                "node that is not known",
                "{running}#1: ",
                "DELETE FROM RQ_NODES WHERE NODE_ID = 'other'",
                "UPDATE QRTZ_FIRED_TRIGGERS SET FIRED_TIME = 5 WHERE TRIGGER_NAME = '{running}#1'"));
    }

    private static void addSchedules(List<Corruption> all) {
        all.add(broken(
                "a run of a schedule that knows nothing of it",
                "I10",
                "the schedule does not",
                "{scheduled}: schedule hourly",
                run("scheduled", "SCHEDULE = 'hourly', SCHEDULED_AT = 5")));
        all.add(broken(
                "a fire without run and reason",
                "I10",
                "neither a run nor a reason",
                "hourly 5",
                FIRE.formatted("NULL", "NULL", "FALSE")));
        all.add(broken(
                "a fire with run and reason",
                "I10",
                "or has both",
                "hourly 5",
                FIRE.formatted("'{succeeded}'", "'missed'", "FALSE")));
        all.add(broken(
                "an open run that a schedule takes for settled",
                "I10",
                "takes a run for settled",
                "hourly 5: cell , id {retrying}",
                FIRE.formatted("'{retrying}'", "NULL", "FALSE")));
    }

    private static void addForeign(List<Corruption> all) {
        all.add(broken(
                "a foreign trigger is in ERROR",
                "I9",
                "in state ERROR",
                "nightly",
                FOREIGN.formatted("ERROR"),
                FOREIGN_CRON));
        for (String state : List.of("ACQUIRED", "BLOCKED", "PAUSED_BLOCKED", "COMPLETE")) {
            all.add(broken(
                    "a foreign trigger stays " + state,
                    "I9",
                    "held by nobody",
                    "nightly: trigger group THEIRS, trigger state " + state,
                    FOREIGN.formatted(state),
                    FOREIGN_CRON));
        }
        all.add(broken(
                        "a foreign trigger",
                        "I9",
                        "other programs",
                        "nightly",
                        FOREIGN.formatted("WAITING"),
                        FOREIGN_CRON)
                .as(Severity.INFO));
        all.add(broken(
                        "something is in quarantine",
                        "I9",
                        "into quarantine",
                        "x#1: kind trigger, reason there is no run for it",
                        "INSERT INTO RQ_QUARANTINE (AT, KIND, NAME, REASON) VALUES (5, 'trigger', 'x#1', 'there is no run for it')")
                .as(Severity.WARNING));
        all.add(broken(
                        "a node is dead",
                        "I9",
                        "not given a sign of life",
                        ClinicRuns.OTHER_BOOT,
                        "UPDATE RQ_NODES SET LAST_BEAT_AT = 5 WHERE NODE_ID = 'other'")
                .as(Severity.WARNING));
    }

    private static void addBulkActions(List<Corruption> all) {
        all.add(broken(
                "a bulk action ended without a time",
                "I9",
                "bulk action has ended without a time",
                "{done-action}: state DONE",
                "UPDATE RQ_BULK_ACTIONS SET FINISHED_AT = NULL WHERE ID = '{done-action}'"));
        all.add(broken(
                "a bulk action goes on after its end",
                "I9",
                "goes on although it has one",
                "{paused-action}: state PAUSED",
                "UPDATE RQ_BULK_ACTIONS SET FINISHED_AT = 5 WHERE ID = '{paused-action}'"));
        all.add(broken(
                "a bulk action lost one of its runs",
                "I9",
                "counts do not add up",
                "{done-action}: state DONE, matched 1, done 0",
                "UPDATE RQ_BULK_ACTIONS SET DONE = 0 WHERE ID = '{done-action}'"));
        all.add(broken(
                        "nobody works a bulk action off",
                        "I9",
                        "nobody works it off",
                        "{paused-action}: kind RETRY_DEAD_LETTERS",
                        "UPDATE RQ_BULK_ACTIONS SET STATE = 'RUNNING', NEXT_AT = 5, CREATED_AT = 5 WHERE ID = '{paused-action}'")
                .as(Severity.WARNING));
        all.add(broken(
                "a bulk action is not in the audit",
                "I14",
                "not in the audit",
                "{done-action}: kind RESOLVE_DEAD_LETTERS",
                "DELETE FROM RQ_AUDIT WHERE SUBJECT = '{done-action}'"));
    }

    Corruption {
        Objects.requireNonNull(name, "name");
        statements = List.copyOf(statements);
    }
}
