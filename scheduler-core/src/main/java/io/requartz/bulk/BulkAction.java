package io.requartz.bulk;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One act on all runs that match. Immutable, as it stands in the database. Null where there is nothing to say.
 *
 * @param id UUID version 7
 * @param criteria null if this version cannot read them: a newer node wrote them, and only such a one works them off
 * @param upTo what bounds it: later ones are left alone; null if nothing matched
 * @param actor who asked for it, and does it: the name that stands in each run's events
 * @param ratePerSecond how many runs become due a second; null if it makes no work
 * @param node that worked on it last
 * @param version grows with each change
 */
public record BulkAction(
        String id,
        BulkKind kind,
        BulkCriteria criteria,
        UpTo upTo,
        BulkState state,
        String actor,
        String note,
        Integer ratePerSecond,
        BulkProgress progress,
        Instant createdAt,
        Instant finishedAt,
        Instant workedAt,
        String node,
        long version) {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /**
     * @param id greatest run id of those that matched
     * @param at latest submission of the runs, or death of the dead letters, that matched
     */
    public record UpTo(String id, Instant at) {}

    /**
     * How many a second it deals with: as it was asked to where runs are let go at a rate, else as it has done so far. Empty as
     * long as nothing tells.
     */
    public OptionalDouble perSecond() {
        if (ratePerSecond != null) {
            return OptionalDouble.of(ratePerSecond);
        }
        if (workedAt == null || progress.seen() == 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(progress.seen()
                * 1_000.0
                / Math.max(1, Duration.between(createdAt, workedAt).toMillis()));
    }

    /** When the last will have been dealt with, if it goes on like this. Empty unless it is RUNNING and something tells. */
    public Optional<Instant> predictedEnd() {
        OptionalDouble speed = perSecond();
        if (state != BulkState.RUNNING || speed.isEmpty()) {
            return Optional.empty();
        }
        long millis = (long) Math.min((double) LONGEST.toMillis(), progress.left() * 1_000.0 / speed.getAsDouble());
        return Optional.of(progress.nextAt().plusMillis(millis));
    }

    BulkAction become(BulkState next, Instant now) {
        return new BulkAction(
                id,
                kind,
                criteria,
                upTo,
                next,
                actor,
                note,
                ratePerSecond,
                progress,
                createdAt,
                next.finished() ? now : null,
                workedAt,
                node,
                version + 1);
    }

    BulkAction worked(BulkProgress further, Instant now, String by) {
        return new BulkAction(
                id,
                kind,
                criteria,
                upTo,
                state,
                actor,
                note,
                ratePerSecond,
                further,
                createdAt,
                finishedAt,
                now,
                by,
                version + 1);
    }
}
