package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.requartz.node.Readiness;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What stands outside of the API and needs no token: the probes {@code /livez} and {@code /readyz}, and a page at {@code /} that says
 * what this is. They tell nothing else. Any other path that is not the API's is not found.
 */
final class RootHandler extends Handler.Abstract {

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>Requartz</title></head>
            <body>
            <h1>Requartz</h1>
            <p>A job scheduler: retries, history and dead letters for Quartz.</p>
            <p>The REST interface is at <code>/api/v1</code> and wants a token: <code>Authorization: Bearer TOKEN</code>.
            <code>docs/rest.md</code> describes it. The probes are <a href="/livez">/livez</a> and <a href="/readyz">/readyz</a>.</p>
            </body>
            </html>
            """;

    private static final Set<String> PATHS = Set.of("/", "/livez", "/readyz");

    private final BooleanSupplier live;
    private final Supplier<Readiness> readiness;

    RootHandler(BooleanSupplier live, Supplier<Readiness> readiness) {
        this.live = live;
        this.readiness = readiness;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getCanonicalPath();
        if (path == null || path.equals(Api.ROOT) || path.startsWith(Api.ROOT + "/")) {
            return false;
        }
        if (!PATHS.contains(path)) {
            Response.writeError(request, response, callback, 404);
            return true;
        }
        if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
            Response.writeError(request, response, callback, 405);
            return true;
        }
        switch (path) {
            case "/livez" -> answer(response, callback, live.getAsBoolean(), Map.of("live", live.getAsBoolean()));
            case "/readyz" -> {
                Readiness now = readiness.get();
                List<String> reasons = now.reasons().stream()
                        .map(reason -> Wire.cleaned(reason, 300))
                        .toList();
                answer(response, callback, now.ready(), Map.of("ready", now.ready(), "reasons", reasons));
            }
            default -> write(response, callback, 200, "text/html; charset=utf-8", PAGE);
        }
        return true;
    }

    private static void answer(Response response, Callback callback, boolean good, Map<String, Object> body) {
        write(response, callback, good ? 200 : 503, "application/json", Json.text(body));
    }

    private static void write(Response response, Callback callback, int status, String type, String text) {
        byte[] body = text.getBytes(UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
