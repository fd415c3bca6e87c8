package io.requartz.admin.demo;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shops' HTTP server, on this machine only. {@code POST /casa-verde/orders} with {@code {"order": 7}} is answered as
 * {@link Shop} says. Thread-safe.
 */
final class ShopSimulator implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ShopSimulator.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BODY_LIMIT = 10_000;
    private static final int REMEMBERED = 10_000;
    private static final String BEARER = "Bearer ";

    private final HttpServer server;
    private final ScheduledExecutorService threads;
    private final long seed;
    private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

    private ShopSimulator(HttpServer server, ScheduledExecutorService threads, long seed) {
        this.server = server;
        this.threads = threads;
        this.seed = seed;
    }

    /**
     * @param port the one to use if it is free: runs of an earlier demo know it; 0: any
     * @throws IOException if no port can be had
     */
    static ShopSimulator start(int port, long seed) throws IOException {
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2, work -> {
            Thread thread = new Thread(work, "demo-shops");
            thread.setDaemon(true);
            return thread;
        });
        ShopSimulator simulator = new ShopSimulator(listen(port), threads, seed);
        for (Shop shop : Shop.values()) {
            simulator.server.createContext("/" + shop.key() + "/orders", exchange -> simulator.receive(shop, exchange));
        }
        simulator.server.setExecutor(threads);
        simulator.server.start();
        return simulator;
    }

    private static HttpServer listen(int port) throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            return HttpServer.create(new InetSocketAddress(here, port), 0);
        } catch (IOException taken) {
            return HttpServer.create(new InetSocketAddress(here, 0), 0);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI orders(Shop shop) {
        return URI.create("http://127.0.0.1:" + port() + "/" + shop.key() + "/orders");
    }

    private void receive(Shop shop, HttpExchange exchange) throws IOException {
        int order = order(exchange);
        // the key is the same for all attempts of a run; without one, the order is
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        if (attempts.size() > REMEMBERED) {
            attempts.clear();
        }
        int attempt = attempts.merge(shop.key() + " " + (key == null ? order : key), 1, Integer::sum);
        Reply reply = shop.reply(new Shop.Request(seed, order, attempt, token(exchange)));
        Future<?> unused =
                threads.schedule(() -> answer(exchange, reply), reply.after().toMillis(), TimeUnit.MILLISECONDS);
    }

    private static int order(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(BODY_LIMIT);
        try {
            JsonNode order = JSON.readTree(body);
            return order.path("order").asInt();
        } catch (JacksonException notJson) {
            return 0;
        }
    }

    private static String token(HttpExchange exchange) {
        String header = exchange.getRequestHeaders().getFirst("Authorization");
        return header != null && header.startsWith(BEARER) ? header.substring(BEARER.length()) : "";
    }

    private static void answer(HttpExchange exchange, Reply reply) {
        try (exchange) {
            if (reply.status() == 0) {
                return;
            }
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
            log.debug("a caller of the shops has gone: {}", gone.toString());
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
