package io.requartz.scope;

import io.requartz.guard.Gate;
import io.requartz.guard.ParkedRuns;
import io.requartz.guard.ParkedRuns.Held;
import io.requartz.guard.ParkedRuns.Released;
import io.requartz.guard.ReleaseRate;
import io.requartz.problem.Problem;
import io.requartz.run.PendingTriggers;
import io.requartz.tx.Transactions;
import io.requartz.tx.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * Lets go on what scopes hold that are open again, whoever opened them and whenever: it looks at all parked runs each time. Any number
 * of nodes may do it at once. Released runs get triggers at the scope's rate, for the next few seconds only, so that a scope that closes
 * again holds the rest.
 */
public final class ScopeReleases {

    static final Duration AHEAD = Duration.ofSeconds(5);

    private static final int BATCH = 100;
    private static final int ASKED_AT_ONCE = 500;
    private static final int BATCHES = 5;

    private final Transactions transactions;
    private final ScopeRepository scopes;
    private final ParkedRuns parked;
    private final PendingTriggers triggers;
    private final ScopeDefinitions definitions;
    private final LongConsumer wakeAt;
    private final InstantSource clock;
    private volatile boolean holding;
    private volatile boolean unfinished;

    /** @param wakeAt told when the first released run is due, in milliseconds since 1970, after the commit */
    public ScopeReleases(
            Transactions transactions,
            ScopeRepository scopes,
            ParkedRuns parked,
            PendingTriggers triggers,
            ScopeDefinitions definitions,
            LongConsumer wakeAt,
            InstantSource clock) {
        this.transactions = transactions;
        this.scopes = scopes;
        this.parked = parked;
        this.triggers = triggers;
        this.definitions = definitions;
        this.wakeAt = wakeAt;
        this.clock = clock;
    }

    /**
     * One round over all scopes that hold runs.
     *
     * @return how many runs go on
     * @throws RuntimeException what went wrong with a scope, once the others are done; a database that is away, at once
     */
    public int runOnce() {
        unfinished = false;
        int released = 0;
        RuntimeException wrong = null;
        for (long id : transactions.call("look what open scopes hold", this::openAndHolding)) {
            try {
                released += release(id);
            } catch (Problem away) {
                throw away;
            } catch (RuntimeException failed) {
                wrong = failed;
            }
        }
        if (wrong != null) {
            throw wrong;
        }
        return released;
    }

    /** Whether anything was held when it was looked last. */
    public boolean holding() {
        return holding;
    }

    /** Whether the last round left runs that might have gone on, to give each scope its turn. */
    public boolean unfinished() {
        return unfinished;
    }

    private List<Long> openAndHolding(Tx tx) {
        List<Long> holders = parked.keys(tx, Scope.GUARD).stream()
                .filter(key -> key.matches("[0-9]{1,18}"))
                .map(Long::valueOf)
                .toList();
        holding = !holders.isEmpty();
        List<Long> open = new ArrayList<>();
        for (int i = 0; i < holders.size(); i += ASKED_AT_ONCE) {
            open.addAll(scopes.enabled(tx, holders.subList(i, Math.min(holders.size(), i + ASKED_AT_ONCE))));
        }
        return open;
    }

    private int release(long id) {
        int released = 0;
        for (int i = 0; i < BATCHES; i++) {
            List<Released> batch = transactions.call("release runs of a scope", tx -> batch(tx, id));
            if (batch.isEmpty()) {
                return released;
            }
            released += batch.size();
            wakeAt.accept(batch.get(0).due().toEpochMilli());
        }
        unfinished = true;
        return released;
    }

    /** Runs first, then the scope, as everybody locks them; so how many there is room for is asked before, and again after. */
    private List<Released> batch(Tx tx, long id) {
        Instant now = clock.instant();
        Optional<Scope> seen = scopes.get(tx, id);
        int room = seen.map(scope -> room(scope, now)).orElse(0);
        if (room == 0) {
            return List.of();
        }
        Gate.Hold hold = ScopeDecision.hold(seen.get());
        List<Held> held = parked.lock(tx, hold, parked.waiting(tx, hold, Math.min(room, BATCH)));
        if (held.isEmpty()) {
            return List.of();
        }
        Scope scope = scopes.lock(tx, List.of(id)).get(0);
        int left = Math.min(held.size(), room(scope, now));
        if (left == 0) {
            return List.of();
        }
        ReleaseRate rate = definitions.of(scope).release();
        Instant first = first(scope, now);
        List<Released> released = new ArrayList<>();
        for (int i = 0; i < left; i++) {
            Instant slot = rate.slot(first, i);
            Instant due = held.get(i).dueAt().isAfter(slot) ? held.get(i).dueAt() : slot;
            released.add(new Released(held.get(i), due));
        }
        parked.release(tx, released);
        triggers.insert(
                tx, released.stream().map(run -> run.held().trigger(run.due())).toList());
        scopes.nextReleaseAt(tx, id, rate.slot(first, left));
        return released;
    }

    /** How many may go on in the next few seconds. */
    private int room(Scope scope, Instant now) {
        return scope.state().disabled()
                ? 0
                : definitions.of(scope).release().slotsBefore(first(scope, now), now.plus(AHEAD));
    }

    private static Instant first(Scope scope, Instant now) {
        Instant next = scope.nextReleaseAt();
        return next == null || next.isBefore(now) ? now : next;
    }
}
