package io.requartz.testdb;

import java.util.List;

/**
 * What one transaction sent.
 *
 * @param thread whose it was, by name
 * @param committed false if it was rolled back or left without an end
 * @param nanos from its first statement to its end
 */
public record SentTransaction(String thread, List<SentStatement> sent, boolean committed, long nanos) {

    public SentTransaction {
        sent = List.copyOf(sent);
    }

    /** Executions; a batch is one. The commit itself is not among them. */
    public int roundTrips() {
        return sent.size();
    }

    /** A batch of n counts n times. */
    public int statements() {
        return sent.stream().mapToInt(SentStatement::times).sum();
    }

    public List<String> shapes() {
        return sent.stream().map(SentStatement::shape).toList();
    }

    public boolean only(String table) {
        return sent.stream().allMatch(one -> one.shape().contains(" " + table));
    }
}
