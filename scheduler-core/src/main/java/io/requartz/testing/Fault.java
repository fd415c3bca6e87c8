package io.requartz.testing;

/** What a {@link FaultyDataSource} does at the call that it was told. */
public enum Fault {
    /** The call is not made, and from then on nothing reaches the database: the process died before it. */
    HALT_BEFORE,
    /** The call is made, its answer is lost, and from then on nothing reaches the database: the process died after it. */
    HALT_AFTER,
    /** The call is made, and reported as a lost connection; later calls on other connections work. */
    EXECUTE_THEN_THROW,
    /** The call is not made; the transaction is rolled back and reported as a deadlock. */
    DEADLOCK
}
