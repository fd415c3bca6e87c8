package io.requartz.admin.demo;

import java.time.Duration;

/**
 * How a platform answers one request.
 *
 * @param retryAfter seconds for a {@code Retry-After} header; 0: none
 * @param after how long it takes
 */
record Reply(int status, String body, int retryAfter, Duration after) {

    static Reply ok() {
        return new Reply(200, "{\"accepted\": true}", 0, Duration.ofMillis(40));
    }

    static Reply error(int status, String message) {
        return new Reply(status, "{\"error\": \"" + message + "\"}", 0, Duration.ofMillis(20));
    }

    static Reply busy(int seconds) {
        return new Reply(429, "{\"error\": \"Too many requests\"}", seconds, Duration.ofMillis(20));
    }

    Reply late(Duration wait) {
        return new Reply(status, body, retryAfter, wait);
    }
}
