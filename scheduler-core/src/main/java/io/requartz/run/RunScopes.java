package io.requartz.run;

import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Problem;
import io.requartz.tx.Tx;

/** Scopes as runs know them: which one a run is of, and that a person asked for a run. */
public interface RunScopes {

    /** For types that name no scope. */
    RunScopes NONE = new RunScopes() {
        @Override
        public Long find(JobTypeDefinition type, String payload) {
            return null;
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

    /** A person asks for a run: in the transaction that makes it, or makes it due. */
    void triggered(Tx tx, Long scopeId, String runId, Actor by);

    /** The same, once it is committed. */
    void tellTriggered(Run run);
}
