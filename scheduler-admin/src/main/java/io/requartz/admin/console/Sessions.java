package io.requartz.admin.console;

import io.requartz.admin.security.Caller;
import io.requartz.time.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is signed in at this node. Kept in memory: a restart signs everybody out, and a session counts on the node that opened it.
 * It ends after 12 hours, or 2 hours without a request. Thread-safe.
 */
final class Sessions {

    private static final long OLDEST = Duration.ofHours(12).toNanos();
    private static final long IDLE = Duration.ofHours(2).toNanos();
    private static final int MOST = 1_000;

    private final Ticker ticker;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Session> open = new LinkedHashMap<>();

    Sessions(Ticker ticker) {
        this.ticker = ticker;
    }

    /** @param id as the cookie has it; null: there is none */
    synchronized Optional<Session> find(@Nullable String id) {
        Session session = id == null ? null : open.get(id);
        if (session == null) {
            return Optional.empty();
        }
        long now = ticker.nanoTime();
        if (session.over(now, OLDEST, IDLE)) {
            open.remove(id);
            return Optional.empty();
        }
        session.seen(now);
        return Optional.of(session);
    }

    /**
     * Always under a new id: one that was in the browser before the sign-in may be known to others. The oldest one goes where there
     * are too many.
     *
     * @return the id
     */
    synchronized String open(Caller caller) {
        long now = ticker.nanoTime();
        open.values().removeIf(session -> session.over(now, OLDEST, IDLE));
        if (open.size() >= MOST) {
            Iterator<String> oldest = open.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        String id = secret();
        open.put(id, new Session(caller, secret(), now));
        return id;
    }

    synchronized void close(@Nullable String id) {
        if (id != null) {
            open.remove(id);
        }
    }

    private String secret() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
