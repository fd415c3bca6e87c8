package io.requartz.admin.rest;

import io.requartz.config.LimitsConfig;
import java.time.Duration;

/**
 * What one caller may take of the server.
 *
 * @param body bytes of a request's body
 * @param headers bytes of a request's line and headers
 * @param connections at one time; further ones wait in the system's backlog
 * @param threads that serve requests
 * @param waits callers that wait for a run at one time; a thread each, asleep
 * @param idle how long a connection may be silent
 * @param bodyPatience how long a body may take to arrive as a whole
 * @param stop how long {@link HttpServer#stop} lets requests go on
 */
record HttpLimits(
        long body,
        int headers,
        int connections,
        int threads,
        int waits,
        Duration idle,
        Duration bodyPatience,
        Duration stop) {

    /** What a body holds beside the payload: tags, keys, a note. */
    private static final long ENVELOPE = 64 * 1024;

    static HttpLimits of(LimitsConfig limits) {
        return new HttpLimits(
                limits.payload().bytes() + ENVELOPE,
                16 * 1024,
                1_024,
                50,
                200,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(10));
    }
}
