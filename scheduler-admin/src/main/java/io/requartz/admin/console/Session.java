package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.requartz.admin.security.Caller;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One person's stay, from sign-in to sign-out. Thread-safe. */
final class Session {

    private final Caller caller;
    private final String formToken;
    private final long openedAt;
    private final AtomicReference<@Nullable Flash> flash = new AtomicReference<>();
    private volatile long seenAt;

    /** @param now of the ticker that {@link Sessions} measures by */
    Session(Caller caller, String formToken, long now) {
        this.caller = caller;
        this.formToken = formToken;
        this.openedAt = now;
        this.seenAt = now;
    }

    Caller caller() {
        return caller;
    }

    /** What each of this session's forms carries, so that no other site can send one. */
    String formToken() {
        return formToken;
    }

    /** In a time that does not tell how much of it was right. */
    boolean owns(@Nullable String candidate) {
        return candidate != null && MessageDigest.isEqual(formToken.getBytes(UTF_8), candidate.getBytes(UTF_8));
    }

    void say(Flash message) {
        flash.set(message);
    }

    /** What is to be said; it is not said again. */
    @Nullable Flash heard() {
        return flash.getAndSet(null);
    }

    void seen(long now) {
        seenAt = now;
    }

    /** Whether it is over: too old, or unused for too long. */
    boolean over(long now, long oldest, long idle) {
        return now - openedAt > oldest || now - seenAt > idle;
    }
}
