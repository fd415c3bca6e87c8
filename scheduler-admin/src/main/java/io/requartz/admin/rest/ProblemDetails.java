package io.requartz.admin.rest;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.requartz.problem.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as every caller gets it: RFC 9457 problem details, with what to do about it.
 *
 * @param type a URI that a program can compare, {@code urn:requartz:problem:not-found}
 * @param title the kind of error, always the same for a type
 * @param detail what was wrong this time
 * @param hint what to do
 * @param details the single mistakes, if there are several
 * @param instance path of the request
 * @param more further fields, as {@code current_version}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProblemDetails(
        String type,
        String title,
        int status,
        String detail,
        String hint,
        List<String> details,
        @Nullable String instance,
        @JsonIgnore Map<String, Object> more) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** Seconds after which it is worth to try again what was unavailable. */
    static final int RETRY_AFTER = 2;

    private static final String DO_AS_DOCUMENTED =
            "docs/rest.md lists every route with its method, fields and an example.";

    /** Texts may quote what a stranger sent: they are made harmless for terminals and logs, and cut. */
    ProblemDetails {
        detail = Wire.cleaned(detail, 1_000);
        hint = Wire.cleaned(hint, 1_000);
        details = details.stream().map(each -> Wire.cleaned(each, 500)).toList();
        more = Map.copyOf(more);
    }

    @JsonAnyGetter
    Map<String, Object> fields() {
        return more;
    }

    ProblemDetails at(@Nullable String path) {
        String shown = path == null ? null : Wire.cleaned(path, 300);
        return new ProblemDetails(type, title, status, detail, hint, details, shown, more);
    }

    ProblemDetails with(Map<String, Object> fields) {
        return new ProblemDetails(type, title, status, detail, hint, details, instance, fields);
    }

    static ProblemDetails of(Problem problem) {
        Kind kind = switch (problem.kind()) {
            case INVALID -> Kind.INVALID;
            case NOT_FOUND -> Kind.NOT_FOUND;
            case CONFLICT -> Kind.CONFLICT;
            case STALE -> Kind.STALE;
            case TOO_LARGE -> Kind.TOO_LARGE;
            case UNAVAILABLE -> Kind.UNAVAILABLE;
        };
        String detail = problem.getMessage() == null ? kind.title : problem.getMessage();
        return kind.problem(detail, problem.hint(), problem.details());
    }

    /** For an error of HTTP itself. */
    static ProblemDetails of(int status) {
        for (Kind kind : Kind.values()) {
            if (kind.status == status) {
                return kind.problem(kind.detail, kind.hint, List.of());
            }
        }
        return new ProblemDetails(
                "about:blank",
                "The request cannot be served",
                status,
                "The server does not understand the request.",
                DO_AS_DOCUMENTED,
                List.of(),
                null,
                Map.of());
    }

    private ProblemDetails saying(String what) {
        return new ProblemDetails(type, title, status, what, hint, details, instance, more);
    }

    /** As {@link #of(int)}, with the words of whoever found it. */
    static ProblemDetails of(int status, String detail) {
        return of(status).saying(detail);
    }

    private enum Kind {
        INVALID("invalid", 400, "The request is not valid", "The request is malformed.", DO_AS_DOCUMENTED),
        UNAUTHORIZED(
                "unauthorized",
                401,
                "No valid token",
                "The request bears no token, or one that is not valid.",
                "Send 'Authorization: Bearer TOKEN'. The admin token is in the file admin-token of the node's data directory,"
                        + " unless REQUARTZ_ADMIN_TOKEN sets it."),
        FORBIDDEN(
                "forbidden", 403, "Not allowed", "Your token may not do this.", "Ask for a token with a greater role."),
        NOT_FOUND("not-found", 404, "Not found", "There is nothing at this path.", DO_AS_DOCUMENTED),
        METHOD(
                "method-not-allowed",
                405,
                "Method not allowed",
                "This path does not know this method.",
                DO_AS_DOCUMENTED),
        NOT_ACCEPTABLE(
                "not-acceptable",
                406,
                "Not acceptable",
                "Answers are application/json.",
                "Leave the Accept header out, or let it allow application/json."),
        TIMEOUT(
                "request-timeout",
                408,
                "Too slow",
                "The request did not arrive in time.",
                "Send the whole request at once; check the network in between."),
        CONFLICT(
                "conflict",
                409,
                "Conflict",
                "It clashes with the present state.",
                "Read the present state and decide anew."),
        STALE(
                "stale",
                412,
                "Changed meanwhile",
                "It was changed since you read it.",
                "Read it again and repeat the change."),
        TOO_LARGE("too-large", 413, "Too large", "The body is too large.", "Send less."),
        URI_TOO_LONG(
                "uri-too-long",
                414,
                "URI too long",
                "The request's path and query are too long.",
                "Send a shorter one."),
        MEDIA_TYPE(
                "unsupported-media-type",
                415,
                "Unsupported media type",
                "A write must say that it is JSON.",
                "Send 'Content-Type: application/json', also where the body is empty."),
        TOO_MANY_HEADERS(
                "headers-too-large",
                431,
                "Headers too large",
                "The request's headers are too large.",
                "Send fewer or shorter headers."),
        INTERNAL(
                "internal",
                500,
                "Internal error",
                "Something went wrong here; it is not your request's fault.",
                "Look for the correlation id in the node's log, and report it with what stands there."),
        UNAVAILABLE(
                "unavailable",
                503,
                "Not now",
                "The node cannot serve this now.",
                "Try again after the seconds in Retry-After; /readyz tells what is missing.");

        private final String name;
        private final int status;
        private final String title;
        private final String detail;
        private final String hint;

        Kind(String name, int status, String title, String detail, String hint) {
            this.name = name;
            this.status = status;
            this.title = title;
            this.detail = detail;
            this.hint = hint;
        }

        private ProblemDetails problem(String what, String todo, List<String> single) {
            return new ProblemDetails(
                    "urn:requartz:problem:" + name, title, status, what, todo, single, null, Map.of());
        }
    }
}
