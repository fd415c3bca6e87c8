package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what goes wrong outside of the API's routes (malformed HTTP, unknown paths) in the same form as inside. */
final class JettyProblems extends ErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(JettyProblems.class);

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            @Nullable String message,
            @Nullable Throwable cause,
            Callback callback) {
        ProblemDetails problem = ProblemDetails.of(code).at(request.getHttpURI().getPath());
        if (code == 500) {
            String id = UUID.randomUUID().toString();
            log.error("a request failed, correlation id {}: {}", id, request.getMethod(), cause);
            problem = problem.with(Map.of("correlation_id", id));
        }
        if (code == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, ProblemDetails.RETRY_AFTER);
        }
        HeadersHandler.secure(response.getHeaders());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, ProblemDetails.MEDIA_TYPE);
        byte[] body = Json.text(problem).getBytes(UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
