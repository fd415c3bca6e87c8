package io.requartz.bulk;

import java.time.Instant;

/**
 * How far it is. {@code done + skipped + failed} reaches {@code matched} at the end of an action that was not cancelled.
 *
 * @param matched how many there were when it was asked for
 * @param done to how many it was done
 * @param skipped how many had changed meanwhile, so that it no longer made sense
 * @param failed how many could not be dealt with; {@code lastError} tells of the latest
 * @param cursor id of the last run that was looked at; null before the first
 * @param nextAt when the next part may be worked off; where runs are let go at a rate, when the next of them is due
 * @param lastError null: none
 */
public record BulkProgress(
        long matched, long done, long skipped, long failed, String cursor, Instant nextAt, String lastError) {

    static BulkProgress begin(long matched, Instant now) {
        return new BulkProgress(matched, 0, 0, 0, null, now, null);
    }

    public long seen() {
        return done + skipped + failed;
    }

    /** How many have not been looked at yet. */
    public long left() {
        return Math.max(0, matched - seen());
    }

    /** All have been looked at. Those that matched and were not met have changed so that they match no more. */
    BulkProgress complete() {
        long all = Math.max(matched, seen());
        return new BulkProgress(all, done, all - done - failed, failed, cursor, nextAt, lastError);
    }

    /** 0 to 100; 100 only once all have been looked at. */
    public int percent() {
        return matched == 0 ? 100 : (int) Math.min(100, seen() * 100 / matched);
    }
}
