package io.requartz.node;

import io.requartz.jdbc.DueChannel;
import io.requartz.jdbc.SteadyConnection;
import io.requartz.time.Ticker;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears on PostgreSQL that other nodes have submitted what is due, by a thread and a connection of its own. It comes back by itself
 * after an outage. Behind a pooler that hands connections round nothing is ever heard; that is found out, and said.
 */
final class PeerNews implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PeerNews.class);
    private static final Duration LISTENS_AT_A_TIME = Duration.ofMillis(250);
    private static final long PROBED_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long DEAF_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(2);

    private final DueChannel.Listener listener;
    private final Supplier<String> self;
    private final Runnable news;
    private final Runnable test;
    private final Ticker ticker;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    private volatile boolean closed;
    private volatile boolean hears;
    private boolean toldDeaf;

    /**
     * @param self what this node announces by
     * @param news told when another node announces, and when it may have done so unheard
     * @param test lets this node announce something, to find out whether it is heard
     */
    PeerNews(
            String name,
            DueChannel channel,
            SteadyConnection connection,
            Supplier<String> self,
            Runnable news,
            Runnable test,
            Ticker ticker) {
        this.listener = channel.new Listener(connection);
        this.self = self;
        this.news = news;
        this.test = test;
        this.ticker = ticker;
        this.thread = new Thread(this::listen, name + "-news");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Whether announcements arrive: a node that hears them need not look so often. */
    boolean hears() {
        return hears;
    }

    private void listen() {
        Duration backoff = FIRST_BACKOFF;
        while (!closed) {
            try {
                begin();
                backoff = FIRST_BACKOFF;
                hearUntilNextProbe();
            } catch (SQLException | RuntimeException away) {
                hears = false;
                log.debug("Announcements of other nodes are not heard just now: {}", away.getMessage());
                pause(backoff);
                backoff = backoff.multipliedBy(2).compareTo(LONGEST_BACKOFF) < 0
                        ? backoff.multipliedBy(2)
                        : LONGEST_BACKOFF;
            }
        }
        listener.close();
    }

    private void begin() throws SQLException {
        if (listener.open()) {
            hears = false;
            news.run();
            test.run();
        }
    }

    private void hearUntilNextProbe() throws SQLException {
        long begun = ticker.nanoTime();
        while (!closed && ticker.nanoTime() - begun < PROBED_EVERY_NANOS) {
            List<String> senders = listener.hear(LISTENS_AT_A_TIME);
            if (!senders.isEmpty()) {
                hears = true;
            }
            if (senders.stream().anyMatch(sender -> !sender.equals(self.get()))) {
                news.run();
            }
            if (!hears && !toldDeaf && ticker.nanoTime() - begun > DEAF_AFTER_NANOS) {
                toldDeaf = true;
                log.warn(
                        "This node does not hear its own announcements, so it will not hear those of others and looks for due"
                                + " runs by itself. A pooler that hands connections round (PgBouncer, pool_mode = transaction) loses"
                                + " them: give the node a connection without it.");
            }
        }
    }

    private void pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = ended.awaitNanos(left);
            }
        } catch (InterruptedException ignored) {
            log.debug("Interrupted; it goes on");
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            ended.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(LISTENS_AT_A_TIME.multipliedBy(4).toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
