package io.requartz.run;

/** Says whether a run may bring keys of a retry policy of its own. Thread-safe. */
@FunctionalInterface
public interface OwnPolicies {

    /**
     * @param payload JSON text of an object
     * @param own JSON of an object; null: none
     * @throws io.requartz.problem.Problem of kind INVALID that tells all that is wrong
     */
    void require(String type, String payload, String own);
}
