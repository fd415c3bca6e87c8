package io.requartz.admin.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The downstream of a recipe, which answers each path as a test tells it to, and counts the calls. Thread-safe. */
final class Partner implements AutoCloseable {

    private record Answer(int status, String body) {}

    private static final Answer WELL = new Answer(200, "{\"accepted\": true}");

    private final HttpServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

    private Partner(HttpServer server) {
        this.server = server;
    }

    static Partner open() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Partner partner = new Partner(server);
        server.createContext("/", partner::receive);
        server.start();
        return partner;
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on, until it {@link #accepts} again. */
    void refuses(String path, int status, String error) {
        answers.put(path, new Answer(status, "{\"error\": \"" + error + "\"}"));
    }

    void accepts(String path) {
        answers.remove(path);
    }

    int calls(String path) {
        return calls.getOrDefault(path, new AtomicInteger()).get();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        calls.computeIfAbsent(path, key -> new AtomicInteger()).incrementAndGet();
        Answer answer = answers.getOrDefault(path, WELL);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
