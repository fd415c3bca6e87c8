package io.requartz.wire;

/**
 * Reads along what one client says to its database, in pieces as they come, and notices each COMMIT. What is encrypted or compressed it
 * does not understand. Not thread-safe.
 */
interface CommitReader {

    /** @return whether a COMMIT ends among these */
    boolean sawCommit(byte[] bytes, int count);

    /** The statements of the latest transaction that was to be committed; of long ones beginning and end. */
    String committed();

    /** The statements that were executed since the last COMMIT; of long ones beginning and end. */
    String open();

    /** @param url of the database, as JDBC has it */
    static CommitReader of(String url) {
        return url.startsWith("jdbc:postgresql:") ? new PostgresCommits() : new MySqlCommits();
    }
}
