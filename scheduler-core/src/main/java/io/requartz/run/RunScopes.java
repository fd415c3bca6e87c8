package io.requartz.run;

import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.tx.Tx;
import java.util.Collections;
import java.util.List;

/** Scopes as runs know them: which one a run is of, and that a person asked for a run. */
public interface RunScopes {

    /** For types that name no scope. */
    RunScopes NONE = new RunScopes() {
        @Override
        public Long find(JobTypeDefinition type, String payload) {
            return null;
        }

        @Override
        public List<Long> findAll(List<Asked> asked) {
            return Collections.nCopies(asked.size(), null);
        }

        @Override
        public void triggered(Tx tx, Long scopeId, String runId, Actor by) {
            // there is nothing to enable
        }

        @Override
        public void tellTriggered(Run run) {
            // there is nothing to tell
        }
    };

    /**
     * The scope of a payload, made if it is new. In a transaction of its own, so not to be called within one.
     *
     * @return its id; null if the type names no scope
     * @throws Problem of kind INVALID if the payload lacks a dimension
     */
    Long find(JobTypeDefinition type, String payload);

    /** What a run's scope is asked for by. */
    record Asked(JobTypeDefinition type, String payload) {}

    /** As {@link #find}, for many: those that are new are found and made in few statements. @return an id, or null, for each */
    List<Long> findAll(List<Asked> asked);

    /** A person asks for a run: in the transaction that makes it, or makes it due. */
    void triggered(Tx tx, Long scopeId, String runId, Actor by);

    /** The same, once it is committed. */
    void tellTriggered(Run run);
}
