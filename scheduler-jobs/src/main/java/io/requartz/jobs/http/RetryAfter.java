package io.requartz.jobs.http;

import io.requartz.api.JobFailedException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@code Retry-After} header: seconds, or a date as HTTP writes it. Anything else is ignored, with a line in the log. */
final class RetryAfter {

    private static final Logger log = LoggerFactory.getLogger(RetryAfter.class);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final int SHOWN = 60;

    private RetryAfter() {}

    static void apply(String header, JobFailedException failure) {
        String value = header.strip();
        if (SECONDS.matcher(value).matches()) {
            failure.retryAfter(Duration.ofSeconds(Long.parseLong(value)));
            return;
        }
        try {
            Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            failure.retryAfter(date);
        } catch (DateTimeParseException e) {
            log.warn(
                    "Retry-After is ignored: expected seconds or an HTTP date, \"{}\" came",
                    value.length() > SHOWN ? value.substring(0, SHOWN) + "..." : value);
        }
    }
}
