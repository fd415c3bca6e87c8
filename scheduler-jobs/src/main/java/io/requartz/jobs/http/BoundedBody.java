package io.requartz.jobs.http;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Collects an answer up to a limit, then hangs up: an endless answer ends there. */
final class BoundedBody implements BodySubscriber<BoundedBody.Bytes> {

    private final int limit;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private final CompletableFuture<Bytes> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /** @param cut there was more */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, compared never
    record Bytes(byte[] bytes, boolean cut) {}

    private BoundedBody(int limit) {
        this.limit = limit;
    }

    static BodyHandler<Bytes> handler(int limit) {
        return response -> new BoundedBody(limit);
    }

    @Override
    public CompletionStage<Bytes> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription != null) {
            given.cancel();
            return;
        }
        subscription = given;
        given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (body.isDone()) {
                return;
            }
            int taken = Math.min(buffer.remaining(), limit - collected.size());
            byte[] bytes = new byte[taken];
            buffer.get(bytes);
            collected.writeBytes(bytes);
            if (buffer.hasRemaining()) {
                body.complete(new Bytes(collected.toByteArray(), true));
                subscription.cancel();
            }
        }
    }

    @Override
    public void onError(Throwable thrown) {
        body.completeExceptionally(thrown);
    }

    @Override
    public void onComplete() {
        body.complete(new Bytes(collected.toByteArray(), false));
    }
}
