package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.requartz.admin.console.Console;
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
 * Tells apart what is asked for. The probes {@code /livez} and {@code /readyz} are answered here, without a token; the API's paths
 * and the console's go on. Any other path is not found: browsers are told so by a page of the console, programs by problem details.
 */
final class RootHandler extends Handler.Abstract {

    private static final Set<String> PATHS = Set.of("/livez", "/readyz");

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
        if (!PATHS.contains(path) && (Console.serves(path) || wantsPage(request))) {
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
        if (path.equals("/livez")) {
            answer(response, callback, live.getAsBoolean(), Map.of("live", live.getAsBoolean()));
        } else {
            Readiness now = readiness.get();
            List<String> reasons = now.reasons().stream()
                    .map(reason -> Wire.cleaned(reason, 300))
                    .toList();
            answer(response, callback, now.ready(), Map.of("ready", now.ready(), "reasons", reasons));
        }
        return true;
    }

    private static boolean wantsPage(Request request) {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT);
        return accepted != null && accepted.contains("text/html");
    }

    private static void answer(Response response, Callback callback, boolean good, Map<String, Object> body) {
        byte[] text = Json.text(body).getBytes(UTF_8);
        response.setStatus(good ? 200 : 503);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
        response.write(true, ByteBuffer.wrap(text), callback);
    }
}
