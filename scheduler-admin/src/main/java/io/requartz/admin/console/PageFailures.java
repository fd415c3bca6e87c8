package io.requartz.admin.console;

import io.requartz.admin.rest.Wire;
import io.requartz.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a route throws into a page. What is our own fault is told by a number only; the rest stays in the log. */
final class PageFailures implements ExceptionMapper<Throwable> {

    private static final Logger log = LoggerFactory.getLogger(PageFailures.class);
    private static final String BACK = "Go back, load the page anew, and try again.";

    private final Frames frames;

    @Context
    private @Nullable HttpServletRequest request;

    PageFailures(Frames frames) {
        this.frames = frames;
    }

    /** @param id under which the log says more; may be null */
    private record Told(
            int status,
            String title,
            String text,
            String hint,
            List<String> details,
            @Nullable String id) {

        Told(int status, String title, String text, String hint) {
            this(status, title, text, hint, List.of(), null);
        }
    }

    @Override
    public Response toResponse(Throwable thrown) {
        Told told = told(thrown);
        Response.ResponseBuilder answer =
                Response.status(told.status).type(MediaType.TEXT_HTML).entity(page(told));
        if (thrown instanceof WebApplicationException http) {
            String allow = http.getResponse().getHeaderString(HttpHeaders.ALLOW);
            if (allow != null) {
                answer.header(HttpHeaders.ALLOW, allow);
            }
        }
        if (told.status == 503) {
            answer.header(HttpHeaders.RETRY_AFTER, 2);
        }
        return answer.build();
    }

    private ErrorPage page(Told told) {
        Visit visit = request == null ? Visit.NONE : Visit.of(request);
        Frame frame = visit.signedIn() ? frames.of(visit, told.title, null) : null;
        return new ErrorPage(frame, told.status, told.title, told.text, told.hint, told.details, told.id);
    }

    private Told told(Throwable thrown) {
        if (thrown instanceof Problem problem) {
            return told(problem);
        }
        if (thrown instanceof WebApplicationException http && http.getResponse().getStatus() < 500) {
            return told(http);
        }
        if (thrown instanceof IOException) {
            log.debug("a form was not received", thrown);
            return new Told(400, "Not received", "The form did not arrive completely.", BACK);
        }
        String id = UUID.randomUUID().toString();
        log.error("a page failed, correlation id {}", id, thrown);
        return new Told(
                500,
                "Something went wrong here",
                "It is not your fault.",
                "Try again; if it stays, look for the number below in the node's log.",
                List.of(),
                id);
    }

    private static Told told(Problem problem) {
        int status = switch (problem.kind()) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case STALE -> 412;
            case TOO_LARGE -> 413;
            case UNAVAILABLE -> 503;
        };
        String title = switch (problem.kind()) {
            case INVALID -> "That cannot be done so";
            case NOT_FOUND -> "Not found";
            case CONFLICT -> "That does not fit any more";
            case STALE -> "It was changed meanwhile";
            case TOO_LARGE -> "Too large";
            case UNAVAILABLE -> "Not now";
        };
        return new Told(
                status,
                title,
                Wire.cleaned(String.valueOf(problem.getMessage()), 1_000),
                Wire.cleaned(problem.hint(), 1_000),
                problem.details().stream().map(each -> Wire.cleaned(each, 500)).toList(),
                null);
    }

    private static Told told(WebApplicationException http) {
        int status = http.getResponse().getStatus();
        String message = http.getMessage();
        // Jersey's own messages are "HTTP 404 Not Found"; ours say more.
        boolean own = message != null && !message.startsWith("HTTP ");
        return switch (status) {
            case 403 -> new Told(status, "Not allowed", own ? message : "You may not do this.", BACK);
            case 404 ->
                new Told(
                        status,
                        "Not found",
                        "There is no such page.",
                        "Follow a link on the left, or search for the run.");
            case 405 ->
                new Told(
                        status,
                        "Not so",
                        "This address is for forms; there is no page here.",
                        "Go back to the page before.");
            default -> new Told(status, "Not understood", own ? message : "The request is malformed.", BACK);
        };
    }
}
