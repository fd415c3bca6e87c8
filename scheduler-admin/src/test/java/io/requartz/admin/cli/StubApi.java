package io.requartz.admin.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A real HTTP server that answers as it was told, and remembers what it was asked. */
final class StubApi implements AutoCloseable {

    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = Collections.synchronizedMap(new HashMap<>());
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    private record Answer(int status, String body) {}

    /** @param what method and path with query, below the API's root */
    record Asked(String what, String body, Map<String, String> headers) {}

    StubApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Answers a request; several answers are given one after the other, the last again and again. */
    StubApi on(String what, int status, String body) {
        answers.computeIfAbsent(what, any -> new ArrayDeque<>()).add(new Answer(status, body.replace('\'', '"')));
        return this;
    }

    int port() {
        return server.getAddress().getPort();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString().replaceFirst("^/api/v1", "");
        String what = exchange.getRequestMethod() + " " + path;
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        asked.add(
                new Asked(what, new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), headers));
        Answer answer = answer(what);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            exchange.sendResponseHeaders(answer.status(), body.length);
            out.write(body);
        }
    }

    private Answer answer(String what) {
        Deque<Answer> known = answers.get(what);
        if (known == null) {
            return new Answer(
                    404, "{\"title\": \"Not found\", \"detail\": \"no answer to " + what + "\", \"hint\": \"\"}");
        }
        return known.size() > 1 ? known.remove() : known.peek();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
