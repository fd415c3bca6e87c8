package io.requartz.admin.demo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The delivery platforms of the demo: an HTTP server on this machine only. {@code POST /uber_eats/restaurants/1/availability} is
 * answered as {@link Habits} says. Thread-safe.
 */
public final class Platforms implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Platforms.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PATH = Pattern.compile("/([a-z_]+)/restaurants/([0-9]{1,9})/([a-z]+)");
    private static final int BODY_LIMIT = 10_000;
    private static final int REMEMBERED = 10_000;

    private final HttpServer server;
    private final ScheduledExecutorService threads;
    private final Habits habits;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    private Platforms(HttpServer server, ScheduledExecutorService threads, Habits habits) {
        this.server = server;
        this.threads = threads;
        this.habits = habits;
    }

    /** @throws UncheckedIOException if no port can be had */
    public static Platforms open(InstantSource clock) {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, work -> {
            Thread thread = new Thread(work, "demo-platforms");
            thread.setDaemon(true);
            return thread;
        });
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Platforms platforms = new Platforms(server, threads, new Habits(clock));
            server.createContext("/", platforms::receive);
            server.setExecutor(threads);
            server.start();
            return platforms;
        } catch (IOException failed) {
            threads.shutdownNow();
            throw new UncheckedIOException("the platforms of the demo cannot listen", failed);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void receive(HttpExchange exchange) throws IOException {
        JsonNode body = body(exchange);
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        Reply reply = path.matches()
                ? habits.reply(new Habits.Request(
                        path.group(1), Integer.parseInt(path.group(2)), path.group(3), attempt(exchange), body))
                : Reply.error(404, "there is nothing here");
        Future<?> unused =
                threads.schedule(() -> answer(exchange, reply), reply.after().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The key is the same for all attempts of a run. */
    private int attempt(HttpExchange exchange) {
        if (attempts.size() > REMEMBERED) {
            attempts.clear();
        }
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        return key == null ? 1 : attempts.merge(key, 1, Integer::sum);
    }

    private static JsonNode body(HttpExchange exchange) throws IOException {
        try {
            return JSON.readTree(exchange.getRequestBody().readNBytes(BODY_LIMIT));
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    private static void answer(HttpExchange exchange, Reply reply) {
        try (exchange) {
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", reply.body().startsWith("{") ? "application/json" : "text/html");
            if (reply.retryAfter() > 0) {
                exchange.getResponseHeaders().set("Retry-After", Integer.toString(reply.retryAfter()));
            }
            exchange.sendResponseHeaders(reply.status(), body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        } catch (IOException gone) {
            // a caller that did not wait is part of the play
            log.debug("a caller of the platforms has gone: {}", gone.toString());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
