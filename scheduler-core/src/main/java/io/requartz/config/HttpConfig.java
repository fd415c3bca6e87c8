package io.requartz.config;

import java.util.Objects;

/**
 * {@code http:} where the REST API and the console listen.
 *
 * @param host address to bind to; {@code 127.0.0.1} can be reached from this machine only
 * @param port 0: any free one
 */
public record HttpConfig(String host, int port) {

    static final Between<Integer> PORT = Between.of(0, 65_535);

    public static final HttpConfig DEFAULT = new HttpConfig("127.0.0.1", 8080);

    public HttpConfig {
        Objects.requireNonNull(host, "host");
        if (host.isBlank()) {
            throw new IllegalArgumentException("http.host is empty; expected an address to bind to, as 127.0.0.1");
        }
        PORT.require("http.port", port);
    }
}
