package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.problem.Spelling;
import io.requartz.retry.PolicyFormatException;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.run.Priority;
import io.requartz.schedule.ScheduleFormatException.Flaw;
import io.requartz.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one tree in the form of {@link ScheduleFormat}; an instance reads once. */
final class ScheduleReader {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final int MOST_TAGS = 20;
    private static final Duration MISFIRE_AFTER = Duration.ofSeconds(60);
    private static final Pattern CALENDAR_INTERVAL = Pattern.compile("(\\d{1,4})?\\s*(day|week|month|year)s?");

    private final List<Flaw> flaws = new ArrayList<>();

    Schedule read(String name, JsonNode tree) {
        ScheduleKeys keys = new ScheduleKeys(tree, "", ScheduleFormat.KEYS, flaws);
        ZoneId zone = keys.read("zone", UTC, ScheduleReader::zone);
        Timing timing = timing(keys, zone);
        ObjectNode payload = keys.read("payload", JsonNodeFactory.instance.objectNode(), ScheduleReader::object);
        Matrix matrix = keys.read("matrix", Matrix.NONE, ScheduleReader::matrix);
        List<Cell> cells = keys.read("matrix", List.of(), node -> matrix.cells(payload));
        Schedule schedule = new Schedule(
                name,
                type(keys),
                keys.read("title", null, ScheduleKeys::text),
                timing,
                zone,
                keys.has("calendar")
                        ? CalendarReader.read(keys.inside("calendar", CalendarReader.KEYS))
                        : ScheduleCalendar.OPEN,
                ScheduleFormat.timingKey(tree),
                keys.read(
                        "misfire",
                        Misfire.RUN_ONCE,
                        node -> ScheduleKeys.oneOf(node, Misfire.values(), Misfire::words)),
                keys.read("misfire-after", MISFIRE_AFTER, ScheduleReader::duration),
                keys.read("overlap", Overlap.SKIP, node -> ScheduleKeys.oneOf(node, Overlap.values(), Overlap::words)),
                payload,
                cells.isEmpty() ? Matrix.NONE.cells(payload) : cells,
                keys.read(
                        "priority",
                        Priority.NORMAL,
                        node -> ScheduleKeys.oneOf(node, Priority.values(), Priority::label)),
                tags(keys),
                keys.read("expire-after", null, ScheduleReader::duration),
                retry(keys),
                keys.read("paused", false, ScheduleKeys::flag));
        if (flaws.isEmpty() && schedule.fires().after(Instant.EPOCH).isEmpty()) {
            keys.flaw("calendar", "leaves no time at which the schedule would be due; expected some");
        }
        if (!flaws.isEmpty()) {
            throw new ScheduleFormatException(flaws);
        }
        return schedule;
    }

    private static String type(ScheduleKeys keys) {
        if (!keys.has("type")) {
            keys.flaw("type", "is missing; expected the name of a job type");
        }
        return keys.read("type", null, node -> {
            String type = ScheduleKeys.text(node);
            JobTypeDefinition.requireName(type);
            return type;
        });
    }

    // ---- timing

    private static Timing timing(ScheduleKeys keys, ZoneId zone) {
        List<String> given =
                ScheduleFormat.TIMINGS.stream().filter(keys::has).sorted().toList();
        if (given.size() != 1) {
            keys.flaw(
                    "",
                    (given.isEmpty() ? "says no time" : String.join(" and ", given) + " came")
                            + "; expected one of cron, every, calendar-interval");
            return null;
        }
        return switch (given.get(0)) {
            case "cron" -> {
                if (keys.has("start")) {
                    keys.flaw("start", "does not go with cron; leave it out");
                }
                yield keys.read("cron", null, node -> Cron.of(ScheduleKeys.text(node), zone));
            }
            case "every" -> {
                Instant start = keys.read("start", Instant.EPOCH, ScheduleReader::instant);
                yield keys.read("every", null, node -> new Every(duration(node), start));
            }
            default -> {
                if (!keys.has("start")) {
                    keys.flaw("start", "is missing; a calendar-interval needs it, as in 2026-01-31T09:00");
                    yield null;
                }
                LocalDateTime start = keys.read("start", LocalDateTime.MAX, ScheduleReader::local);
                yield keys.read("calendar-interval", null, node -> calendarInterval(node, start, zone));
            }
        };
    }

    private static CalendarInterval calendarInterval(JsonNode node, LocalDateTime start, ZoneId zone) {
        Matcher written = CALENDAR_INTERVAL.matcher(ScheduleKeys.text(node));
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    ScheduleKeys.came(node) + "; expected days, weeks, months or years, as in 1 month or 2 weeks");
        }
        int count = written.group(1) == null ? 1 : Integer.parseInt(written.group(1));
        ChronoUnit unit = switch (written.group(2)) {
            case "day" -> ChronoUnit.DAYS;
            case "week" -> ChronoUnit.WEEKS;
            case "month" -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        return new CalendarInterval(count, unit, start, zone);
    }

    private static ZoneId zone(JsonNode node) {
        String name = ScheduleKeys.text(node);
        try {
            return ZoneId.of(name);
        } catch (DateTimeException unknown) {
            List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
            String hint = Spelling.hint(name, zones);
            throw new IllegalArgumentException(
                    ScheduleKeys.came(node) + "; there is no such time zone"
                            + (hint.isEmpty() ? "; expected one as in Europe/Paris, America/New_York or UTC" : hint),
                    unknown);
        }
    }

    private static Instant instant(JsonNode node) {
        try {
            Instant start = OffsetDateTime.parse(ScheduleKeys.text(node)).toInstant();
            requireOurTimes(start);
            return start;
        } catch (DateTimeException broken) {
            throw new IllegalArgumentException(
                    ScheduleKeys.came(node) + "; expected a time with its zone, as in 2026-01-31T09:00:00Z", broken);
        }
    }

    private static LocalDateTime local(JsonNode node) {
        try {
            LocalDateTime start = LocalDateTime.parse(ScheduleKeys.text(node));
            requireOurTimes(start.toInstant(ZoneOffset.UTC));
            return start;
        } catch (DateTimeException broken) {
            throw new IllegalArgumentException(
                    ScheduleKeys.came(node) + "; expected a time on the wall clock, as in 2026-01-31T09:00", broken);
        }
    }

    private static void requireOurTimes(Instant time) {
        if (time.isBefore(Instant.EPOCH) || time.isAfter(Instant.parse("9000-01-01T00:00:00Z"))) {
            throw new DateTimeException("out of range");
        }
    }

    // ---- the rest

    private static Matrix matrix(JsonNode node) {
        if (!node.isObject()) {
            throw new IllegalArgumentException(
                    ScheduleKeys.came(node) + "; expected axes with their values, as in {platform: [uber_eats]}");
        }
        Map<String, List<JsonNode>> axes = new LinkedHashMap<>();
        node.properties().forEach(axis -> {
            if (!axis.getValue().isArray()) {
                throw new IllegalArgumentException(
                        "axis " + axis.getKey() + ": " + ScheduleKeys.came(axis.getValue()) + "; expected a list");
            }
            List<JsonNode> values = new ArrayList<>();
            axis.getValue().forEach(values::add);
            axes.put(axis.getKey(), values);
        });
        return new Matrix(axes);
    }

    private static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(ScheduleKeys.came(node) + "; expected a JSON object");
    }

    private JsonNode retry(ScheduleKeys keys) {
        return keys.read("retry", null, node -> {
            try {
                RetryPolicyFormat.parse(node, RetryPolicy.DEFAULT);
                return node;
            } catch (PolicyFormatException refused) {
                refused.flaws()
                        .forEach(flaw ->
                                keys.flaw("retry" + (flaw.path().isEmpty() ? "" : "." + flaw.path()), flaw.message()));
                return null;
            }
        });
    }

    private static Duration duration(JsonNode node) {
        return Durations.parse(ScheduleKeys.text(node));
    }

    private static List<String> tags(ScheduleKeys keys) {
        List<String> tags = keys.list("tags", ScheduleReader::tag);
        if (tags.size() > MOST_TAGS) {
            keys.flaw("tags", tags.size() + " tags came; expected at most " + MOST_TAGS);
        }
        return tags;
    }

    private static String tag(String tag) {
        if (tag.length() > 100) {
            throw new IllegalArgumentException("a tag of " + tag.length() + " characters came; expected at most 100");
        }
        return tag;
    }
}
