package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.time.Duration;
import java.util.Objects;

/**
 * Why an attempt failed, ready to be stored: every text is fit for any database and bounded, see {@link SafeText}. Immutable.
 * What is not known is null, the category apart.
 *
 * @param exceptionClass binary name of the exception's class, at most 255 characters
 * @param message at most 2,000 characters
 * @param stackTrace at most 16 KiB as UTF-8
 * @param httpStatus status of the answer that was the failure
 * @param retryAfter how long the downstream asked us to wait, counted from the classification; a negative one becomes zero
 * @param responseExcerpt beginning of what the downstream answered, at most 4 KiB as UTF-8
 */
public record Failure(
        ErrorCategory category,
        String exceptionClass,
        String message,
        String stackTrace,
        Integer httpStatus,
        Duration retryAfter,
        String responseExcerpt) {

    private static final int CLASS_CHARS = 255;
    private static final int MESSAGE_CHARS = 2_000;
    private static final int STACK_BYTES = 16 * 1024;
    private static final int EXCERPT_BYTES = 4 * 1024;

    public Failure {
        Objects.requireNonNull(category, "category");
        exceptionClass = SafeText.chars(exceptionClass, CLASS_CHARS);
        message = SafeText.chars(message, MESSAGE_CHARS);
        stackTrace = SafeText.utf8(stackTrace, STACK_BYTES);
        retryAfter = retryAfter != null && retryAfter.isNegative() ? Duration.ZERO : retryAfter;
        responseExcerpt = SafeText.utf8(responseExcerpt, EXCERPT_BYTES);
    }

    /** A failure that no exception stands for, as when a node is lost. */
    public static Failure of(ErrorCategory category, String message) {
        return new Failure(category, null, message, null, null, null, null);
    }
}
