package io.requartz.tx;

/** Runs work in a database transaction, READ COMMITTED. Thread-safe. */
public interface Transactions {

    /**
     * Runs the work and commits. A deadlock or serialization failure rolls back and runs the work again, a few times, so the work
     * must be repeatable: no effect outside the transaction. Any exception rolls back.
     *
     * @param name what the transaction does, for logs and errors
     * @throws io.requartz.problem.Problem of kind UNAVAILABLE if the database cannot be reached, or the commit's fate is unknown
     */
    <T> T call(String name, Work<T> work);

    /** As {@link #call}, for work without a result. */
    default void run(String name, Action action) {
        call(name, tx -> {
            action.in(tx);
            return Boolean.TRUE;
        });
    }

    /**
     * As {@link #run}, for work that is a single statement: where it can, the statement commits itself, which saves a message to the
     * database and back. Of more statements, each would be committed by itself.
     */
    default void runSingle(String name, Action action) {
        run(name, action);
    }

    @FunctionalInterface
    interface Work<T> {
        T in(Tx tx);
    }

    @FunctionalInterface
    interface Action {
        void in(Tx tx);
    }
}
