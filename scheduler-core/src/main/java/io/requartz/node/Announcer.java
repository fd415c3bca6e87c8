package io.requartz.node;

import io.requartz.jdbc.CallersConnection;
import io.requartz.jdbc.Database;
import io.requartz.jdbc.DueChannel;
import io.requartz.time.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes, by PostgreSQL, that runs are due which this one cannot take at once: by a thread of its own, at most once in
 * 25 ms, however many runs there are. An announcement that is lost costs the time until the others look by themselves.
 */
final class Announcer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Announcer.class);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long WHILE_FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Duration ONLY_WHEN_ASKED = Duration.ofHours(1);

    private final Database database;
    private final DueChannel channel;
    private final Supplier<String> sender;
    private final Ticker ticker;
    private final Duty duty;
    private volatile long toldAt;
    private volatile long toldWithinAt;

    Announcer(String name, Database database, Supplier<String> sender, Ticker ticker) {
        this.database = database;
        this.channel = new DueChannel(database.cluster());
        this.sender = sender;
        this.ticker = ticker;
        this.toldAt = ticker.nanoTime() - WHILE_FULL_NANOS;
        this.toldWithinAt = toldAt;
        this.duty = new Duty(name + "-announcements", ONLY_WHEN_ASKED, this::announce);
    }

    /** Soon, in another thread. */
    void tell() {
        duty.start();
        duty.now();
    }

    /**
     * Delivered when the caller commits. At most once in 25 ms: callers that have announced commit one after the other.
     */
    void tellWithin(CallersConnection connection) {
        long now = ticker.nanoTime();
        if (now - toldWithinAt >= PAUSE_NANOS) {
            toldWithinAt = now;
            connection.allOrNothing("announce due runs", tx -> {
                // by no name: this node is to hear it too
                channel.announce(tx, "");
                return true;
            });
        }
    }

    /** As {@link #tell}, for who says so again and again: more is due than this node takes. */
    void tellOfMore() {
        if (ticker.nanoTime() - toldAt >= WHILE_FULL_NANOS) {
            tell();
        }
    }

    private void announce() {
        toldAt = ticker.nanoTime();
        try {
            database.transactions().run("announce due runs", tx -> channel.announce(tx, sender.get()));
        } catch (RuntimeException failed) {
            log.debug("Due runs were not announced: {}", failed.getMessage());
        }
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    @Override
    public void close() {
        duty.close();
    }
}
