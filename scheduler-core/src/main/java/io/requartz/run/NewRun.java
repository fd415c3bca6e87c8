package io.requartz.run;

import java.time.Instant;

/** Makes the rows of new runs. */
final class NewRun {

    private NewRun() {}

    /** @param copyOf the settled run that this one repeats; null for other runs */
    static Run of(String id, Submission wish, String plugin, Origin origin, Instant now, String copyOf) {
        Instant wished = wish.at() != null ? wish.at() : wish.delay() == null ? now : now.plus(wish.delay());
        return new Run(
                id,
                wish.type(),
                plugin,
                RunState.SCHEDULED,
                wish.priority(),
                wish.payload(),
                1,
                wish.tags(),
                wish.idempotencyKey(),
                wish.uniqueKey(),
                1,
                0,
                0,
                0,
                now,
                wish.by().name(),
                wished.isBefore(now) ? now : wished,
                null,
                wish.expireAfter() == null ? null : now.plus(wish.expireAfter()),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                copyOf,
                origin,
                1);
    }
}
