package io.requartz.admin.demo;

import java.time.Duration;

/**
 * How a shop answers one request.
 *
 * @param status 0: it hangs up without an answer
 * @param retryAfter seconds for a {@code Retry-After} header; 0: none
 * @param after how long it takes
 */
record Reply(int status, String body, int retryAfter, Duration after) {

    static final Reply HANGS_UP = new Reply(0, "", 0, Duration.ZERO);

    static Reply ok() {
        return new Reply(200, "{\"accepted\": true}", 0, Duration.ofMillis(40));
    }

    static Reply error(int status, String message) {
        return new Reply(status, "{\"error\": \"" + message + "\"}", 0, Duration.ofMillis(20));
    }

    static Reply busy(int seconds) {
        return new Reply(429, "{\"error\": \"too many requests\"}", seconds, Duration.ofMillis(20));
    }

    /** A page where JSON should be, as a proxy on its way sends it. */
    static Reply garbage() {
        return new Reply(200, "<html><body>Welcome!</body></html>", 0, Duration.ofMillis(20));
    }

    Reply late(Duration wait) {
        return new Reply(status, body, retryAfter, wait);
    }
}
