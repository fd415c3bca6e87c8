package io.requartz.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection through the proxy: two sockets, and a thread for each direction. */
final class Wire {

    private static final int PIECE = 8 * 1024;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket database;
    private final CommitReader commits;

    private volatile boolean lost;
    private boolean held;

    /** The answer to a COMMIT is to be lost. */
    private volatile boolean answerIsLost;

    Wire(TcpProxy proxy, Socket client, Socket database) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.database = database;
        this.commits = CommitReader.of(proxy.url());
        client.setTcpNoDelay(true);
        database.setTcpNoDelay(true);
    }

    void start() {
        TcpProxy.thread("proxy, to the database", this::listenToClient);
        TcpProxy.thread("proxy, to the client", this::listenToDatabase);
    }

    private void listenToClient() {
        try {
            InputStream in = client.getInputStream();
            OutputStream out = database.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                await(count);
                // what was executed before this piece
                if (proxy.mayHold(false, commits.open())) {
                    held = true;
                    await(count);
                }
                if (commits.sawCommit(piece, count)) {
                    answerIsLost = proxy.mayCut();
                    if (proxy.mayHold(true, commits.committed())) {
                        held = true;
                        await(count);
                    }
                }
                out.write(piece, 0, count);
            }
        } catch (IOException gone) {
            // the other direction ends too
        } finally {
            reset();
        }
    }

    private void listenToDatabase() {
        try {
            InputStream in = database.getInputStream();
            OutputStream out = client.getOutputStream();
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                if (answerIsLost) {
                    proxy.wasCut();
                    return;
                }
                await(count);
                out.write(piece, 0, count);
            }
        } catch (IOException gone) {
            // the other direction ends too
        } finally {
            reset();
        }
    }

    /** Until the piece may go on. */
    private void await(int count) throws IOException {
        long rate = proxy.bytesASecond();
        long nanos = proxy.delay().toNanos() + (rate == 0 ? 0 : TimeUnit.SECONDS.toNanos(count) / rate);
        long until = System.nanoTime() + nanos;
        while (nanos > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
        while (lost || proxy.silent() || (held && proxy.holding())) {
            if (proxy.closed() || client.isClosed()) {
                throw new IOException("given up");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Both sides learn at once that the connection is gone. */
    void reset() {
        proxy.forget(this);
        close(client);
        close(database);
    }

    private static void close(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException closed) {
            // it is what was wanted
        }
    }

    /** Nothing arrives on it for ever, and neither side is told. */
    void lose() {
        lost = true;
    }

    void halfClose() {
        try {
            client.shutdownOutput();
        } catch (IOException gone) {
            // then it is closed already
        }
    }
}
