package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import io.requartz.time.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads a request's body: no more of it than is allowed, for no longer than is allowed. Immutable. */
public final class BodyBytes {

    private final long most;
    private final long patience;
    private final Ticker ticker;

    /**
     * @param most bytes that a body may have
     * @param patience how long all of a body may take to arrive
     */
    public BodyBytes(long most, Duration patience, Ticker ticker) {
        this.most = most;
        this.patience = patience.toNanos();
        this.ticker = ticker;
    }

    /**
     * @param announced the header Content-Length; null if there is none
     * @throws SlowRequestException if it takes too long
     * @throws Problem of kind TOO_LARGE
     */
    public byte[] read(@Nullable String announced, InputStream in) throws IOException {
        if (announced != null
                && announced.matches("[0-9]+")
                && (announced.length() > 18 || Long.parseLong(announced) > most)) {
            throw tooLarge();
        }
        long since = ticker.nanoTime();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[8 * 1024];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            all.write(part, 0, n);
            if (all.size() > most) {
                throw tooLarge();
            }
            if (ticker.nanoTime() - since > patience) {
                throw new SlowRequestException();
            }
        }
        return all.toByteArray();
    }

    private Problem tooLarge() {
        return Problem.tooLarge(
                "the body has more than " + most + " bytes",
                "Keep large data elsewhere and put a reference to it into the payload, or raise limits.payload.");
    }
}
