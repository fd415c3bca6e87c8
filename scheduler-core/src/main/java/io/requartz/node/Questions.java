package io.requartz.node;

import static io.requartz.node.Question.error;
import static io.requartz.node.Question.warning;

import io.requartz.jdbc.AttemptInvariantRows;
import io.requartz.jdbc.BulkInvariantRows;
import io.requartz.jdbc.RunInvariantRows;
import io.requartz.jdbc.ScheduleInvariantRows;
import io.requartz.jdbc.ScopeInvariantRows;
import io.requartz.jdbc.TriggerInvariantRows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** All that the doctor asks, in the order of the invariants, with the words for each answer. */
final class Questions {

    private static final String EDITED = "Somebody changed the tables by hand, or this is a defect: keep a copy of the "
            + "database and report it with the run's attempts and events.";
    private static final String FOREIGN = "It is a trigger of another program in the same tables; see to it there.";

    private Questions() {}

    /** @param strict stored policies are those by which all runs were decided, so exceeding one is an error */
    static List<Question> of(String cluster, Duration lease, InstantSource clock, boolean strict) {
        List<Question> all = new ArrayList<>();
        addRuns(all, new RunInvariantRows(cluster));
        addAttempts(all, new AttemptInvariantRows(cluster), strict);
        addScopes(all, new ScopeInvariantRows());
        addTriggers(all, new TriggerInvariantRows(cluster), lease, clock);
        addSchedules(all, new ScheduleInvariantRows());
        addStructure(all, new TriggerInvariantRows(cluster), lease, clock);
        addBulkActions(all, new BulkInvariantRows(), lease, clock);
        return List.copyOf(all);
    }

    private static void addRuns(List<Question> all, RunInvariantRows rows) {
        all.add(error(
                "I1",
                "A waiting run has no trigger, so it will not start",
                "Cancel it and submit it again. " + EDITED,
                rows::waitingWithoutTrigger));
        all.add(error("I1", "A DEAD run has no open dead letter of its cycle", EDITED, rows::deadWithoutLetter));
        all.add(error("I1", "A dead letter says other than its run", EDITED, rows::lettersAgainstTheirRuns));
        all.add(error("I1", "A run died more than once in a cycle", EDITED, rows::diedTwice));
        all.add(error(
                "I1",
                "A PARKED run does not say why or since when, so nothing will let it go on",
                "Retry it now, or cancel it. " + EDITED,
                rows::parkedWithoutReason));
        all.add(error(
                "I1", "A run has ended without a time, or goes on although it has one", EDITED, rows::finishedOrNot));
        all.add(error("I2", "An attempt's end made of its run what it may not become", EDITED, rows::illegalEnds));
        all.add(error("I2", "An event tells of a change of state that is not allowed", EDITED, rows::illegalEvents));
        all.add(error(
                "I2", "A run's state does not follow from its attempts and events", EDITED, rows::stateWithoutHistory));
        all.add(error("I2", "An attempt follows one that had ended its run", EDITED, rows::attemptsAfterTheEnd));
        all.add(error("I2", "A run changed after it was settled", EDITED, rows::eventsAfterTheEnd));
        all.add(error("I2", "A run is in a cycle that no person began", EDITED, rows::cyclesThatNobodyBegan));
    }

    private static void addSchedules(List<Question> all, ScheduleInvariantRows rows) {
        all.add(error(
                "I10", "A run says that a schedule made it, and the schedule does not", EDITED, rows::runsWithoutFire));
        all.add(error(
                "I10",
                "A fire of a schedule has neither a run nor a reason, or has both",
                EDITED,
                rows::neitherRunNorReason));
        all.add(error(
                "I10",
                "A schedule takes a run for settled that is not, so the next one may overlap it",
                EDITED,
                rows::openButForgotten));
    }

    private static void addAttempts(List<Question> all, AttemptInvariantRows rows, boolean strict) {
        all.add(error("I3", "A run's attempts are not numbered 1 to n", EDITED, rows::numbersWithGaps));
        all.add(error("I3", "Attempts, events or keys belong to no run", EDITED, rows::withoutRun));
        all.add(error("I3", "An attempt is open that is not its run's last", EDITED, rows::openButNotLast));
        all.add(error("I3", "An attempt has no whole end: outcome, time and who closed it", EDITED, rows::halfEnded));
        all.add(warning(
                "I3",
                "An attempt ended before it began",
                "The clocks of the nodes differ, or one was set back; keep them synchronised so that schedules are punctual.",
                rows::endedBeforeTheyBegan));
        all.add(error(
                "I3",
                "A later attempt has no larger fencing token",
                "Was the database restored, or its number sequence reset? " + EDITED,
                rows::tokensThatDoNotGrow));
        all.add(error(
                "I4", "A run's failures are not those of its cycle's attempts", EDITED, rows::failuresMiscounted));
        all.add(error("I4", "A run's failures by category are not its cycle's", EDITED, rows::categoriesMiscounted));
        all.add(new Question(
                "I5",
                strict ? Severity.ERROR : Severity.WARNING,
                "A cycle has more attempts than the type's policy allows now",
                "If the policy was made stricter since, this is as it should be. Else: " + EDITED,
                rows::moreAttemptsThanAllowed));
        all.add(error("I5", "A run lost its node more than three times in a cycle", EDITED, rows::lostTooOften));
        all.add(error(
                "I5",
                "A type's stored policy cannot be read",
                "Start a node that has the type: it stores its policy anew.",
                rows::unreadablePolicies));
        all.add(error("I8", "A fired row has no open attempt", EDITED, rows::firedWithoutOpenAttempt));
        all.add(error("I8", "A run is fired twice", EDITED, rows::firedTwice));
        all.add(error("I8", "An open attempt has two owners", EDITED, rows::openWithAnotherOwner));
        all.add(error(
                "I8",
                "An attempt was closed by another boot than its own, and not as lost",
                EDITED,
                rows::closedByAStranger));
    }

    private static void addScopes(List<Question> all, ScopeInvariantRows rows) {
        all.add(error(
                "I1",
                "A PARKED run is in no guard's list, so nothing will let it go on",
                "Retry it now, or cancel it. " + EDITED,
                rows::parkedWithoutEntry));
        all.add(error("I1", "A guard's list has a run that is not PARKED", EDITED, rows::entriesWithoutParked));
        all.add(error(
                "I1",
                "A run is held by a scope that does not exist",
                "Retry it now, or cancel it. " + EDITED,
                rows::heldByNoScope));
        all.add(error(
                "I4",
                "A scope's failures are not those that its attempts say",
                "Reset the scope: it counts anew then. " + EDITED,
                rows::failuresMiscounted));
        all.add(error("I4", "An attempt was counted by a scope, and should not be", EDITED, rows::countedWrongly));
        all.add(error(
                "I4",
                "A scope is neither enabled nor disabled",
                "Enable it, or disable it. " + EDITED,
                rows::halfDisabled));
        all.add(error("I4", "A run belongs to a scope that does not exist", EDITED, rows::runsOfNoScope));
        all.add(error("I10", "One fire of a schedule made several runs", EDITED, rows::firesThatMadeTwoRuns));
    }

    private static void addTriggers(
            List<Question> all, TriggerInvariantRows rows, Duration lease, InstantSource clock) {
        all.add(error(
                "I9",
                "A run's trigger is not WAITING, so nobody takes it",
                "Retry the run now, or cancel it and submit it again. " + EDITED,
                rows::notWaiting));
        all.add(error(
                "I9",
                "No run waits for a trigger of ours",
                "When it is due it goes into quarantine and does no harm. " + EDITED,
                rows::triggersThatNoRunWaitsFor));
        all.add(error(
                "I9",
                "A trigger has another time, priority or type than its run",
                "The trigger's decides when it starts. " + EDITED,
                rows::triggersUnlikeTheirRuns));
        all.add(error("I9", "A run that does not wait has a due time", EDITED, rows::dueWithoutWaiting));
        all.add(error(
                "I9",
                "A key of a run is not held by it",
                "Another run with the same key may be let in. " + EDITED,
                rows::keysOfOthers));
        all.add(error("I9", "A RUNNING run has no open attempt", EDITED, rows::runningWithoutOpenAttempt));
        all.add(error("I9", "An attempt is open, but its run is not RUNNING", EDITED, rows::openWithoutRunning));
        all.add(error("I9", "An open attempt has no fired row that fits", EDITED, rows::openWithoutFired));
        all.add(error(
                "I9",
                "A fired row belongs to a node that is not known, so nobody recovers it",
                "Is another scheduler at work in the same tables, under the same name? Stop it, or rename one.",
                tx -> rows.firedByUnknown(tx, clock.instant().minus(lease.multipliedBy(2)))));
    }

    private static void addStructure(
            List<Question> all, TriggerInvariantRows rows, Duration lease, InstantSource clock) {
        all.add(error(
                "I9",
                "A trigger lacks the row of its kind (simple, cron, ...)",
                "Quartz cannot load it. " + EDITED,
                rows::withoutExtension));
        all.add(error(
                "I9",
                "A row of a kind of trigger (simple, cron, ...) is left over",
                EDITED,
                rows::extensionWithoutTrigger));
        all.add(error("I9", "A foreign trigger is in state ERROR", FOREIGN, rows::inError));
        all.add(error(
                "I9",
                "A foreign trigger is held by nobody",
                "It will not fire again. " + FOREIGN,
                tx -> rows.heldByNobody(tx, clock.instant().minus(lease.multipliedBy(2)))));
        all.add(warning(
                "I9",
                "A row was put into quarantine",
                "Read why; once it is dealt with, delete it from RQ_QUARANTINE.",
                rows::quarantined));
        all.add(warning(
                "I9",
                "A node has not given a sign of life, and nobody has recovered it",
                "A running node does that by itself: is there one? If it runs, do its clock and this one's agree?",
                tx -> rows.deadNodes(tx, clock.instant().minus(lease.multipliedBy(3)))));
        all.add(new Question(
                "I9",
                Severity.INFO,
                "Triggers of other programs are in the same tables",
                "They go Quartz's own way: no history, no retries.",
                rows::foreign));
    }

    private static void addBulkActions(
            List<Question> all, BulkInvariantRows rows, Duration lease, InstantSource clock) {
        all.add(error(
                "I9",
                "A bulk action has ended without a time, or goes on although it has one",
                EDITED,
                rows::finishedOrNot));
        all.add(error("I9", "A bulk action's counts do not add up", EDITED, rows::miscounted));
        all.add(warning(
                "I9",
                "A bulk action is due, and nobody works it off",
                "A running node does that by itself: is there one, and is its version as new as the one that began it?",
                tx -> rows.left(tx, clock.instant().minus(lease.multipliedBy(3)))));
        all.add(error("I14", "A bulk action is not in the audit", EDITED, rows::withoutAudit));
    }
}
