package io.requartz.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.cluster.Cluster.Fault;
import io.requartz.cluster.Dump.Attempt;
import io.requartz.cluster.Dump.Run;
import io.requartz.cluster.Sighting.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The checker finds each kind of breach; in a story without one it finds nothing. */
class CheckerTest {

    /** When node a is killed. */
    private static final long DEAD = 20;

    private final List<ClientLog.Entry> submitted = new ArrayList<>();
    private final List<Sighting> sightings = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Run> runs = new ArrayList<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Dump.Event> events = new ArrayList<>();
    private final List<Dump.Trigger> triggers = new ArrayList<>();
    private final List<Dump.Fired> fired = new ArrayList<>();
    private final List<Dump.DeadLetter> letters = new ArrayList<>();
    private final List<Dump.Fire> fires = new ArrayList<>();
    private final Map<Long, Long> clocks = new HashMap<>();

    /** Run 1 succeeds; run 2 is lost with node a, which is killed, and succeeds on node b. */
    CheckerTest() {
        submitted.add(new ClientLog.Entry("k1", "witness", "1"));
        submitted.add(new ClientLog.Entry("k2", "witness", "2"));
        submitted.add(new ClientLog.Entry("k3", "witness", null));
        runs.add(run("1", "witness", "SUCCEEDED", 1, 0, 0));
        runs.add(run("2", "witness", "SUCCEEDED", 2, 1, 1));
        attempts.add(attempt("1", 1, 101, "a", 5, 7L, "SUCCEEDED", "SUCCEEDED", null));
        attempts.add(attempt("2", 1, 102, "a", 6, 30L, "NODE_LOST", "RETRYING", 30L));
        attempts.add(attempt("2", 2, 103, "b", 40, 50L, "SUCCEEDED", "SUCCEEDED", null));
        saw("1", 1, 101, "a", 5, 7);
        sightings.add(new Sighting(Kind.BEGIN, "2", 1, 102, "a", 1, 6, 6));
        saw("2", 2, 103, "b", 40, 50);
        faults.add(new Fault("killed", "a", 1, DEAD, DEAD));
    }

    private static Run run(String id, String type, String state, int attempts, int failures, int lost) {
        String result = state.equals("SUCCEEDED") ? "{\"attempt\":" + attempts + "}" : null;
        return new Run(id, type, state, 1, attempts, failures, lost, "k" + id, null, 99L, result, 0, null);
    }

    private static Attempt attempt(
            String run, int number, long token, String node, long from, Long to, String outcome, String next, Long at) {
        String by = outcome == null ? null : "boot";
        return new Attempt(run, number, 1, token, "fire" + token, node, from, to, outcome, by, next, at);
    }

    private void saw(String run, int attempt, long token, String node, long from, long to) {
        long pid = node.equals("a") ? 1 : 2;
        sightings.add(new Sighting(Kind.BEGIN, run, attempt, token, node, pid, from, from));
        sightings.add(new Sighting(Kind.EFFECT, run, attempt, token, node, pid, to - 1, to - 1));
        sightings.add(new Sighting(Kind.END, run, attempt, token, node, pid, to, to));
    }

    private List<String> violations() {
        Dump dump = new Dump(runs, attempts, events, triggers, fired, List.of(), letters, fires);
        return Checker.atRest(new Evidence(submitted, sightings, faults, clocks, dump))
                .violations();
    }

    private void finds(String invariant, String what) {
        assertThat(violations())
                .anySatisfy(violation ->
                        assertThat(violation).startsWith(invariant + ": ").contains(what));
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertThat(violations()).isEmpty();
    }

    @Test
    void anAcknowledgedRunThatIsGone() {
        submitted.add(new ClientLog.Entry("k9", "witness", "9"));

        finds("I1", "run 9 was acknowledged");
    }

    @Test
    void anUnknownSubmitThatBecameTwoRuns() {
        runs.add(new Run("3", "witness", "CANCELLED", 1, 0, 0, 0, "k3", null, 9L, null, 0, null));
        runs.add(new Run("4", "witness", "CANCELLED", 1, 0, 0, 0, "k3", null, 9L, null, 0, null));

        finds("I1", "became several runs");
    }

    @Test
    void aRunThatNeverEnds() {
        runs.add(new Run("3", "witness", "SCHEDULED", 1, 0, 0, 0, "k3", 8L, null, null, 0, null));
        triggers.add(new Dump.Trigger("3#1", "requartz", "witness", "WAITING"));

        finds("I1", "run 3 is SCHEDULED");
        finds("I9", "triggers are left over");
    }

    @Test
    void aTransitionThatIsNone() {
        events.add(new Dump.Event("1", 1, "edited", "SUCCEEDED", "SCHEDULED"));

        finds("I2", "from SUCCEEDED to SCHEDULED");
    }

    @Test
    void aSuccessThatIsNotTheLast() {
        attempts.add(attempt("1", 2, 110, "b", 60, 70L, "SUCCEEDED", "SUCCEEDED", null));

        finds("I2", "these succeeded: [1, 2]");
        finds("I3", "says 1 attempts, and has [1, 2]");
    }

    @Test
    void aSettledRunThatChanged() {
        Dump then = new Dump(
                List.of(run("1", "witness", "CANCELLED", 1, 0, 0)),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        Verdicts verdicts = new Verdicts();
        RunChecks.settledRunsStayed(
                then, new Dump(runs, attempts, events, triggers, fired, List.of(), letters, fires), verdicts);

        assertThat(verdicts.violations())
                .singleElement()
                .asString()
                .startsWith("I2: ")
                .contains("has become");
    }

    @Test
    void anExecutionThatWasNotRecorded() {
        saw("1", 2, 110, "b", 60, 70);

        finds("I3", "an execution was not recorded");
    }

    @Test
    void aSuccessThatNobodyWitnessed() {
        sightings.removeIf(sighting -> sighting.run().equals("1"));

        finds("I3", "has no witness of its whole execution");
    }

    @Test
    void anAttemptThatNeverEnded() {
        attempts.set(2, attempt("2", 2, 103, "b", 40, null, null, null, null));

        finds("I3", "never ended");
        finds("I9", "has 1 open attempts");
    }

    @Test
    void failuresThatDoNotAddUp() {
        runs.set(1, run("2", "witness", "SUCCEEDED", 2, 2, 1));

        finds("I4", "counts 2 failures and 1 lost nodes, and its attempts say 1 and 1");
    }

    @Test
    void moreLostNodesThanACycleMayHave() {
        for (int number = 2; number < 5; number++) {
            attempts.add(attempt("1", number, 200 + number, "a", 6, 9L, "NODE_LOST", "RETRYING", null));
        }
        attempts.add(attempt("1", 5, 300, "a", 6, 9L, "NODE_LOST", "DEAD", null));

        finds("I5", "lost {1=4} nodes");
    }

    @Test
    void anAttemptThatBeganBeforeItsTime() {
        attempts.set(1, attempt("2", 1, 102, "a", 6, 30L, "NODE_LOST", "RETRYING", 45L));

        finds("I6", "began 5 ms before its time");
    }

    @Test
    void timeIsThatOfTheNodeThatBegins() {
        attempts.set(1, attempt("2", 1, 102, "a", 6, 30L, "NODE_LOST", "RETRYING", 45L));
        clocks.put(2L, 10L);

        assertThat(violations()).isEmpty();
    }

    @Test
    void exclusiveRunsThatOverlap() {
        runs.set(0, run("1", "exclusive", "SUCCEEDED", 1, 0, 0));
        runs.set(1, run("2", "exclusive", "SUCCEEDED", 2, 1, 1));

        finds("I7", "2#1 began before 1#1 was over");
    }

    @Test
    void aLateEffectThatCountsAsSuccess() {
        attempts.set(1, attempt("2", 1, 102, "a", 6, 45L, "SUCCEEDED", "SUCCEEDED", null));
        sightings.add(new Sighting(Kind.EFFECT, "2", 1, 102, "a", 1, 44, 44));
        sightings.add(new Sighting(Kind.END, "2", 1, 102, "a", 1, 45, 45));

        finds("I7", "its effect came after another attempt had begun");
    }

    @Test
    void tokensThatDoNotGrow() {
        attempts.set(2, attempt("2", 2, 100, "b", 40, 50L, "SUCCEEDED", "SUCCEEDED", null));

        finds("I7", "has no greater token than");
    }

    @Test
    void anAttemptThatIsBegunTwice() {
        saw("1", 1, 101, "b", 6, 7);

        finds("I8", "1#1 was begun twice");
    }

    @Test
    void anAttemptThatGoesOnWhileTheNextRuns() {
        attempts.set(1, attempt("2", 1, 102, "a", 6, 45L, "FAILED", "RETRYING", null));
        sightings.add(new Sighting(Kind.END, "2", 1, 102, "a", 1, 45, 45));

        finds("I8", "2#2 began before 2#1 was over");
    }

    @Test
    void firedRowsAndTriggersThatBelongToNobody() {
        fired.add(new Dump.Fired("fire9", "9#1", "boot", "EXECUTING"));
        triggers.add(new Dump.Trigger("9#1", "requartz", "witness", "ACQUIRED"));

        finds("I9", "belongs to no open attempt");
        finds("I9", "belongs to no run that waits");
        finds("I9", "is not a waiting one of ours");
    }

    @Test
    void aDeadRunWithoutALetter() {
        runs.add(run("3", "witness", "DEAD", 0, 0, 0));

        finds("I9", "is dead, or has an open letter, but not both");
    }

    @Test
    void aTimeThatIsAnsweredTwiceAndOneThatIsLeftOut() {
        fires.add(new Dump.Fire("hourly", 1000, "", "1", null));
        fires.add(new Dump.Fire("hourly", 3000, "", "1", null));
        Verdicts verdicts = new Verdicts();
        ScheduleChecks.noTimeIsLeftOut(
                new Dump(runs, attempts, events, triggers, fired, List.of(), letters, fires), "hourly", 1000, verdicts);

        finds("I10", "shares its run with");
        assertThat(verdicts.violations()).containsExactly("I10: time 2000 of hourly was left out");
    }

    @Test
    void aNodeThatIsTakenForDeadForNothing() {
        faults.clear();

        finds("D-06", "is node_lost, and nothing was done to its node");
    }
}
