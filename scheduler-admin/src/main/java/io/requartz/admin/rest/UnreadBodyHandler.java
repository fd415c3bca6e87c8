package io.requartz.admin.rest;

import io.requartz.time.Ticker;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sees to what a request that was answered without being read still has to send.
 *
 * <p>Jetty closes the connection after such an answer without having said so, and a client that keeps connections then sends its next
 * request into one that is closing: it gets no answer. So the rest of the body, which is on its way in any case, is taken and thrown
 * away before the answer goes out; if there is too much of it, or it is late, the answer says that the connection ends. A client that
 * still sends then may miss the answer, as TCP has it; hence the large limit.
 */
final class UnreadBodyHandler extends Handler.Wrapper {

    private static final int MOST = 8 * 1024 * 1024;

    private final Duration patience;
    private final Ticker ticker;

    /** @param patience how long a body that is on its way may take to be thrown away; a thread waits meanwhile */
    UnreadBodyHandler(Handler handler, Duration patience, Ticker ticker) {
        super(handler);
        this.patience = patience;
        this.ticker = ticker;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(request, hasBody(request) ? new AfterTheBody(request, response) : response, callback);
    }

    private static boolean hasBody(Request request) {
        HttpFields fields = request.getHeaders();
        return fields.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || fields.contains(HttpHeader.TRANSFER_ENCODING);
    }

    private final class AfterTheBody extends Response.Wrapper {

        private boolean begun;

        AfterTheBody(Request request, Response wrapped) {
            super(request, wrapped);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!begun) {
                begun = true;
                if (!isCommitted() && !thrownAway(getRequest())) {
                    getHeaders().put(HttpFields.CONNECTION_CLOSE);
                }
            }
            super.write(last, content, callback);
        }
    }

    /** @return true if nothing of the body is left */
    private boolean thrownAway(Request request) {
        // Who asks before sending is told by the answer that the body is not wanted.
        boolean asks = request.getHeaders().contains(HttpHeader.EXPECT);
        long end = ticker.nanoTime() + patience.toNanos();
        int taken = 0;
        while (taken <= MOST) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                if (asks || !arrives(request, end)) {
                    return false;
                }
                continue;
            }
            if (Content.Chunk.isFailure(chunk)) {
                return false;
            }
            taken += chunk.remaining();
            chunk.release();
            if (chunk.isLast()) {
                return true;
            }
        }
        return false;
    }

    /** Waits for more of the body; if none comes in time, the connection is of no further use. */
    private boolean arrives(Request request, long end) {
        CountDownLatch more = new CountDownLatch(1);
        request.demand(more::countDown);
        try {
            return more.await(end - ticker.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
