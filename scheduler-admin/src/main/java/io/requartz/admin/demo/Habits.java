package io.requartz.admin.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * How the demo's platforms treat its restaurants: most are well, and each of the others fails in a way of its own. Thread-safe.
 *
 * <p>Le Bouzou's credentials at Uber Eats have run out. They are renewed after three calls were refused, when its sync is disabled:
 * whoever tries it then brings it back. After a while they run out again.
 */
final class Habits {

    static final int LE_BOUZOU = 1;
    static final int CASA_VERDE = 2;
    static final String UBER_EATS = "uber_eats";
    static final String DELIVEROO = "deliveroo";

    private static final String MENU = "menu";
    private static final int REFUSALS = 3;
    private static final Duration VALID = Duration.ofMinutes(6);
    private static final Duration LONGER_THAN_CALLERS_WAIT = Duration.ofMillis(2_500);
    private static final int CLOSED_EVERY = 7;

    private final InstantSource clock;

    // guarded by this
    private Instant validUntil = Instant.MIN;
    private int refused;
    private int calls;

    Habits(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A call to a platform.
     *
     * @param what the last part of the path
     * @param attempt how often this run has called, with this time
     */
    record Request(String platform, int restaurant, String what, int attempt, JsonNode body) {}

    Reply reply(Request request) {
        boolean uber = request.platform().equals(UBER_EATS);
        if (request.what().equals(MENU)) {
            return menu(request, uber);
        }
        if (uber && request.restaurant() == LE_BOUZOU) {
            return mayCome() ? Reply.ok() : Reply.error(401, "Authentication failed");
        }
        if (!uber && request.restaurant() == CASA_VERDE) {
            return isClosed() ? Reply.error(503, "Closed for a moment") : Reply.ok();
        }
        return Reply.ok();
    }

    private static Reply menu(Request request, boolean uber) {
        boolean first = request.attempt() == 1;
        if (request.restaurant() == CASA_VERDE) {
            if (uber) {
                return request.attempt() <= 2 ? Reply.error(500, "The menu service has lost its database") : Reply.ok();
            }
            return first ? Reply.busy(3) : Reply.ok();
        }
        if (request.restaurant() == LE_BOUZOU && !uber && first) {
            return Reply.ok().late(LONGER_THAN_CALLERS_WAIT);
        }
        return uber ? Reply.ok() : prices(request.body());
    }

    /** Deliveroo looks at the prices. */
    private static Reply prices(JsonNode menu) {
        for (Map.Entry<String, JsonNode> dish : menu.properties()) {
            if (dish.getValue().asDouble() <= 0) {
                String shown = dish.getKey().replaceAll("[^\\p{L}\\p{N} -]", "?");
                return Reply.error(
                        422, "The price of " + shown + " is " + dish.getValue().asDouble());
            }
        }
        return Reply.ok();
    }

    private synchronized boolean mayCome() {
        Instant now = clock.instant();
        if (now.isBefore(validUntil)) {
            return true;
        }
        if (refused < REFUSALS) {
            refused++;
            return false;
        }
        refused = 0;
        validUntil = now.plus(VALID);
        return true;
    }

    private synchronized boolean isClosed() {
        return ++calls % CLOSED_EVERY == 0;
    }
}
