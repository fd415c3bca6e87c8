package io.requartz.problem;

import java.util.List;
import java.util.Objects;

/**
 * Something a caller asked for that cannot be done, told so that the caller can act: what came, what was expected, what to do.
 * The REST API answers it as RFC 9457 problem details, the CLI prints it.
 */
public final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, in kinds that a program can tell apart. */
    public enum Kind {
        /** What was sent cannot be accepted, now or later. */
        INVALID,
        /** No such thing. */
        NOT_FOUND,
        /** It clashes with the state of things: a settled run, a key in use. */
        CONFLICT,
        /** It was changed since the caller read it. */
        STALE,
        /** Larger than a limit. */
        TOO_LARGE,
        /** Not now: the database is away, the node is stopping. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String hint;
    private final transient List<String> details;

    private Problem(Kind kind, String message, String hint, List<String> details, Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.hint = Objects.requireNonNull(hint, "hint");
        this.details = List.copyOf(details);
    }

    public static Problem invalid(String message, String hint) {
        return new Problem(Kind.INVALID, message, hint, List.of(), null);
    }

    /** Several things wrong at once, each in a sentence. */
    public static Problem invalid(String message, String hint, List<String> details) {
        return new Problem(Kind.INVALID, message, hint, details, null);
    }

    public static Problem notFound(String message, String hint) {
        return new Problem(Kind.NOT_FOUND, message, hint, List.of(), null);
    }

    public static Problem conflict(String message, String hint) {
        return new Problem(Kind.CONFLICT, message, hint, List.of(), null);
    }

    public static Problem stale(String message, String hint) {
        return new Problem(Kind.STALE, message, hint, List.of(), null);
    }

    public static Problem tooLarge(String message, String hint) {
        return new Problem(Kind.TOO_LARGE, message, hint, List.of(), null);
    }

    public static Problem unavailable(String message, String hint, Throwable cause) {
        return new Problem(Kind.UNAVAILABLE, message, hint, List.of(), cause);
    }

    public Kind kind() {
        return kind;
    }

    /** What the caller can do about it; never empty. */
    public String hint() {
        return hint;
    }

    /** The single things that are wrong; may be empty. */
    public List<String> details() {
        return details == null ? List.of() : details;
    }
}
