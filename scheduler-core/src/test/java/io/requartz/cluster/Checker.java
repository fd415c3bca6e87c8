package io.requartz.cluster;

import io.requartz.node.Doctor;
import io.requartz.node.Finding;
import java.util.List;

/**
 * Compares what the client was told, what the jobs saw and what the database says, and tells where they do not fit. It knows nothing of
 * the product's code; only {@link #violations} asks the doctor besides.
 */
final class Checker {

    private Checker() {}

    /** To be asked once everything is settled. @return what does not hold, each a sentence; empty if all is well */
    static List<String> violations(Cluster cluster) {
        return verdicts(cluster).violations();
    }

    /** To be asked once everything is settled. */
    static Verdicts verdicts(Cluster cluster) {
        Verdicts verdicts = atRest(cluster.evidence());
        ask(cluster.doctor(), verdicts);
        return verdicts;
    }

    static void ask(Doctor doctor, Verdicts verdicts) {
        List<Finding> findings = doctor.examine();
        verdicts.looked("doctor", 1);
        for (Finding finding : findings) {
            verdicts.violated("doctor", finding.invariant() + ": " + finding.what() + " " + finding.examples());
        }
    }

    /** What holds once nothing is under way. */
    static Verdicts atRest(Evidence evidence) {
        Verdicts verdicts = atAnyTime(evidence);
        RunChecks.atRest(evidence, verdicts);
        AttemptChecks.atRest(evidence, verdicts);
        StructureChecks.atRest(evidence, verdicts);
        return verdicts;
    }

    /** What holds at each moment. The witnesses may be ahead of the database. */
    static Verdicts atAnyTime(Evidence evidence) {
        Verdicts verdicts = new Verdicts();
        RunChecks.atAnyTime(evidence, verdicts);
        AttemptChecks.atAnyTime(evidence, verdicts);
        OverlapChecks.atAnyTime(evidence, verdicts);
        StructureChecks.atAnyTime(evidence, verdicts);
        ScheduleChecks.atAnyTime(evidence, verdicts);
        return verdicts;
    }
}
