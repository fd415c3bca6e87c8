package io.requartz.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Thrown by a job that knows what went wrong better than its exception's type tells. Whatever is set here is believed; what is
 * not set is classified as for any other exception, from the cause chain on.
 *
 * <pre>{@code
 * throw new JobFailedException("uber_eats refused the menu").category(ErrorCategory.RATE_LIMIT).retryAfter(Duration.ofSeconds(30));
 * throw JobFailedException.http(503, "Service Unavailable");
 * }</pre>
 *
 * <p>Not thread-safe; fill it before it is thrown.
 */
public class JobFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private transient ErrorCategory category;
    private int httpStatus;
    private Duration retryAfter;
    private Instant retryAfterDate;
    private String responseExcerpt;

    public JobFailedException(String message) {
        super(message);
    }

    public JobFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A failure that is an HTTP answer; its category follows from the status. */
    public static JobFailedException http(int status, String message) {
        JobFailedException failure = new JobFailedException(message);
        failure.httpStatus = status;
        return failure;
    }

    public JobFailedException category(ErrorCategory known) {
        this.category = Objects.requireNonNull(known, "category");
        return this;
    }

    /** Not before this long from now, as in a {@code Retry-After: 30} header. Negative counts as zero. */
    public JobFailedException retryAfter(Duration wait) {
        this.retryAfter = Objects.requireNonNull(wait, "wait");
        return this;
    }

    /** Not before this time, as in a {@code Retry-After} header that bears a date. */
    public JobFailedException retryAfter(Instant date) {
        this.retryAfterDate = Objects.requireNonNull(date, "date");
        return this;
    }

    /** The beginning of what the downstream answered, kept with the attempt (cut to 4 KiB). */
    public JobFailedException responseExcerpt(String text) {
        this.responseExcerpt = text;
        return this;
    }

    public Optional<ErrorCategory> category() {
        return Optional.ofNullable(category);
    }

    public OptionalInt httpStatus() {
        return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
    }

    /** How long the downstream asked us to wait, seen from {@code now}; empty if it did not ask. Never negative. */
    public Optional<Duration> retryAfter(java.time.InstantSource clock) {
        Duration wait = retryAfterDate != null ? Duration.between(clock.instant(), retryAfterDate) : retryAfter;
        if (wait == null) {
            return Optional.empty();
        }
        return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    }

    public Optional<String> responseExcerpt() {
        return Optional.ofNullable(responseExcerpt);
    }
}
