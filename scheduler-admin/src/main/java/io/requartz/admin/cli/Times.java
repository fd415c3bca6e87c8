package io.requartz.admin.cli;

import io.requartz.time.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;

/** Reads a time as a person types it. */
final class Times {

    private Times() {}

    /** {@code 2026-03-01T14:00:00Z}, {@code 2026-03-01T14:00}, {@code 2026-03-01}, {@code 14:00}: in the viewer's zone if it names none. */
    static Instant parse(String option, String text, Instant now, ZoneId zone) {
        String trimmed = text.strip().replace(' ', 'T');
        List<Function<String, Instant>> forms = List.of(
                given -> OffsetDateTime.parse(given).toInstant(),
                given -> LocalDateTime.parse(given).atZone(zone).toInstant(),
                given -> LocalDate.parse(given).atStartOfDay(zone).toInstant(),
                given -> LocalTime.parse(given)
                        .atDate(LocalDate.ofInstant(now, zone))
                        .atZone(zone)
                        .toInstant());
        for (Function<String, Instant> form : forms) {
            try {
                return form.apply(trimmed);
            } catch (DateTimeException anotherForm) {
                // try the next one
            }
        }
        throw CliFailure.usage(
                option + " is '" + text + "', which is not a time.",
                "Write 2026-03-01T14:00:00Z, or 2026-03-01T14:00, 2026-03-01 or 14:00 for " + zone + ".");
    }

    /** As {@link #parse}, or a duration, meaning so long ago. */
    static Instant since(String option, String text, Instant now, ZoneId zone) {
        try {
            return now.minus(Durations.parse(text));
        } catch (IllegalArgumentException noDuration) {
            return parse(option, text, now, zone);
        }
    }
}
