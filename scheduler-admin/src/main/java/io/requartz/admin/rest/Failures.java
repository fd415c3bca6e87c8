package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns whatever a route throws into {@link ProblemDetails}. What is nobody's fault but ours is answered by a correlation id only:
 * exception, stack and SQL stay in the log.
 */
final class Failures implements ExceptionMapper<Throwable> {

    private static final Logger log = LoggerFactory.getLogger(Failures.class);

    @Context
    private @Nullable UriInfo uri;

    @Context
    private @Nullable Request request;

    @Override
    public Response toResponse(Throwable thrown) {
        String path = uri == null ? null : uri.getRequestUri().getRawPath();
        if (thrown instanceof StaleVersion stale) {
            return answer(ProblemDetails.of(stale.problem())
                            .with(stale.versions())
                            .at(path))
                    .build();
        }
        if (thrown instanceof Problem problem) {
            return answer(ProblemDetails.of(problem).at(path)).build();
        }
        if (thrown instanceof WebApplicationException http && http.getResponse().getStatus() < 500) {
            return answer(http, path);
        }
        if (thrown instanceof IOException io && clientsFault(io)) {
            log.debug("a request's body was not received: {}", io.toString());
            return answer(ProblemDetails.of(tookTooLong(io) ? 408 : 400, "The body was not received completely.")
                            .at(path))
                    .header("Connection", "close")
                    .build();
        }
        String id = UUID.randomUUID().toString();
        log.error(
                "a request failed, correlation id {}: {} {}",
                id,
                request == null ? "" : request.getMethod(),
                path,
                thrown);
        return answer(ProblemDetails.of(500).with(Map.of("correlation_id", id)).at(path))
                .build();
    }

    private static Response answer(WebApplicationException http, @Nullable String path) {
        int status = http.getResponse().getStatus();
        // Jersey's own messages are "HTTP 404 Not Found"; ours say more.
        String message = http.getMessage();
        boolean own = message != null && !message.startsWith("HTTP ") && status != 401;
        ProblemDetails problem = (own ? ProblemDetails.of(status, message) : ProblemDetails.of(status)).at(path);
        Response.ResponseBuilder answer = answer(problem);
        for (String header : new String[] {HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE}) {
            String value = http.getResponse().getHeaderString(header);
            if (value != null) {
                answer.header(header, value);
            }
        }
        return answer.build();
    }

    private static Response.ResponseBuilder answer(ProblemDetails problem) {
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(ProblemDetails.MEDIA_TYPE)
                .entity(problem);
        if (problem.status() == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, ProblemDetails.RETRY_AFTER);
        }
        return answer;
    }

    /** While reading, only the sender can be the cause; answers are written from memory, where nothing is read any more. */
    private static boolean clientsFault(IOException io) {
        return io instanceof SlowRequestException
                || io instanceof java.io.EOFException
                || tookTooLong(io)
                || io.getClass().getName().startsWith("org.eclipse.jetty.");
    }

    private static boolean tookTooLong(Throwable thrown) {
        return thrown instanceof SlowRequestException
                || thrown instanceof TimeoutException
                || thrown.getCause() instanceof TimeoutException;
    }
}
