package io.requartz.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Stands between clients and a database on this machine, and passes on what they say until it is told otherwise. What it is told holds for
 * the connections that are there and for later ones, until {@link #heal()}. Thread-safe.
 */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final String url;
    private final Set<Wire> wires = ConcurrentHashMap.newKeySet();
    private final AtomicInteger toCut = new AtomicInteger();
    private final AtomicInteger cut = new AtomicInteger();
    private volatile Duration delay = Duration.ZERO;
    private volatile int bytesASecond;
    private final AtomicReference<Hold> hold = new AtomicReference<>();
    private volatile boolean holding;
    private volatile boolean silent;
    private volatile boolean closed;

    private record Hold(Pattern statement, boolean atCommit, Runnable then) {}

    private TcpProxy(ServerSocket server, int target, String url) {
        this.server = server;
        this.target = target;
        this.url = url;
    }

    /**
     * @param port where the database listens
     * @param url of the database, to tell its protocol by
     */
    public static TcpProxy to(int port, String url) {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), port, url);
            thread("proxy to " + port, proxy::accept);
            return proxy;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void thread(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    // ---- what it is told

    /** Nothing arrives any more, in either direction, and nobody is told. */
    public void blackhole() {
        silent = true;
    }

    /** What is connected is as good as dead, for ever, and nobody is told; later connections are not. */
    public void lose() {
        List.copyOf(wires).forEach(Wire::lose);
    }

    /** Each piece arrives this much later. */
    public void delay(Duration by) {
        delay = by;
    }

    /** No more than this arrives in a second, on each connection and in each direction. */
    public void throttle(int bytes) {
        bytesASecond = bytes;
    }

    /** All is well again. Connections that were silent go on where they were, unless one side has given up. */
    public void heal() {
        silent = false;
        delay = Duration.ZERO;
        bytesASecond = 0;
        toCut.set(0);
        hold.set(null);
        holding = false;
    }

    /** Resets what is connected. */
    public void reset() {
        List.copyOf(wires).forEach(Wire::reset);
    }

    /** Tells the clients that nothing more will come from the database, and goes on listening to them. */
    public void halfClose() {
        List.copyOf(wires).forEach(Wire::halfClose);
    }

    /**
     * Cuts the next so many connections on which a COMMIT is asked for: it reaches the database, which answers, and the answer is lost.
     */
    public void cutAfterCommit(int times) {
        toCut.set(times);
    }

    /**
     * Keeps the next COMMIT of a transaction back, until {@link #heal()}: the client waits for its answer, the database for the
     * COMMIT, and the transaction holds what it has locked.
     *
     * @param statement something that a statement of the transaction contains
     * @param then what to do in that moment
     */
    public void holdCommitOf(Pattern statement, Runnable then) {
        hold.set(new Hold(statement, true, then));
    }

    /** As {@link #holdCommitOf}, and it is what follows the statement that is kept back, once the statement was executed. */
    public void holdAfter(Pattern statement, Runnable then) {
        hold.set(new Hold(statement, false, then));
    }

    /** How many were cut so, since the beginning. */
    public int cutAfterCommits() {
        return cut.get();
    }

    /** Present connections. */
    public int connections() {
        return wires.size();
    }

    // ---- for the wires

    String url() {
        return url;
    }

    boolean closed() {
        return closed;
    }

    boolean silent() {
        return silent;
    }

    Duration delay() {
        return delay;
    }

    int bytesASecond() {
        return bytesASecond;
    }

    boolean mayCut() {
        return toCut.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    boolean mayHold(boolean commit, String statements) {
        Hold wanted = hold.get();
        if (wanted == null
                || wanted.atCommit() != commit
                || !wanted.statement().matcher(statements).find()
                || !hold.compareAndSet(wanted, null)) {
            return false;
        }
        holding = true;
        wanted.then().run();
        return true;
    }

    boolean holding() {
        return holding;
    }

    void wasCut() {
        cut.incrementAndGet();
    }

    void forget(Wire wire) {
        wires.remove(wire);
    }

    private void accept() {
        while (!closed) {
            try {
                connect(server.accept());
            } catch (IOException ended) {
                // asked to stop, which the next look tells
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Socket database = new Socket();
        try {
            database.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target), 5_000);
        } catch (IOException away) {
            // the client learns it as it would without us
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        Wire wire = new Wire(this, client, database);
        wires.add(wire);
        wire.start();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        closed = true;
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            reset();
        }
    }
}
