package io.requartz.tx;

/** A transaction that somebody else has begun and will end. Not thread-safe. */
public interface CallersTx {

    /**
     * Does all of the work or nothing of it, and leaves the transaction open.
     *
     * @param name what the work does, for errors
     * @throws DuplicateKeyException if a unique key is taken; nothing of the work is left
     * @throws io.requartz.problem.Problem if the database refused; the transaction should be rolled back
     */
    <T> T allOrNothing(String name, Transactions.Work<T> work);
}
