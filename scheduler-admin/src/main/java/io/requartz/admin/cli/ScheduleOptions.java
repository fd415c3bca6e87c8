package io.requartz.admin.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a schedule is made of, as options. */
final class ScheduleOptions {

    private static final List<String> TIMINGS = List.of("cron", "every", "calendar_interval");

    @Option(
            names = "--definition",
            paramLabel = "JSON|@FILE|-",
            description = "All of it as JSON; the other options lie over it.")
    private String definition;

    @Option(names = "--type", paramLabel = "TYPE", description = "The job type.")
    private String type;

    @Option(names = "--title", paramLabel = "TEXT", description = "For people.")
    private String title;

    @Option(names = "--cron", paramLabel = "EXPRESSION", description = "Seconds first, as '0 30 2 * * ?'.")
    private String cron;

    @Option(names = "--every", paramLabel = "DURATION", description = "A fixed interval, as 15m.")
    private String every;

    @Option(
            names = "--calendar-interval",
            paramLabel = "INTERVAL",
            description = "Days, weeks, months or years, as '1 month'; needs --start.")
    private String calendarInterval;

    @Option(names = "--start", paramLabel = "TIME", description = "The first time, as 2026-01-31T09:00.")
    private String start;

    @Option(names = "--zone", paramLabel = "ZONE", description = "Whose wall clock counts, as Europe/Paris.")
    private String zone;

    @Option(names = "--misfire", paramLabel = "RULE", description = "skip, run-once or run-all.")
    private String misfire;

    @Option(names = "--overlap", paramLabel = "RULE", description = "skip, allow or supersede.")
    private String overlap;

    @Option(names = "--priority", paramLabel = "LEVEL", description = "lowest, low, normal, high or highest.")
    private String priority;

    @Option(names = "--payload", paramLabel = "JSON|@FILE|-", description = "Of its runs.")
    private String payload;

    @Option(
            names = "--matrix",
            paramLabel = "JSON|@FILE|-",
            description = "Axes with their values: a run for each cell.")
    private String matrix;

    @Option(names = "--key", paramLabel = "KEY=JSON", description = "Any other key, as --key expire_after=50m.")
    private Map<String, String> keys = new LinkedHashMap<>();

    @Option(names = "--note", paramLabel = "TEXT", description = "Why; kept in the audit.")
    private String note;

    /** The schedule with what was said; a timing replaces one of another kind. */
    ObjectNode over(ObjectNode schedule, InputStream in) {
        if (definition != null) {
            schedule.removeAll();
            schedule.setAll((ObjectNode) Payload.read(definition, in));
        }
        if (cron != null || every != null || calendarInterval != null) {
            schedule.remove(TIMINGS);
            schedule.remove(List.of("start", "calendar-interval"));
        }
        put(schedule, "type", type);
        put(schedule, "title", title);
        put(schedule, "cron", cron);
        put(schedule, "every", every);
        put(schedule, "calendar_interval", calendarInterval);
        put(schedule, "start", start);
        put(schedule, "zone", zone);
        put(schedule, "misfire", misfire);
        put(schedule, "overlap", overlap);
        put(schedule, "priority", priority);
        if (payload != null) {
            schedule.set("payload", Payload.read(payload, in));
        }
        if (matrix != null) {
            schedule.set("matrix", Payload.read(matrix, in));
        }
        keys.forEach((key, value) -> schedule.set(key.replace('-', '_'), value(value)));
        put(schedule, "note", note);
        return schedule;
    }

    private static void put(ObjectNode schedule, String key, String value) {
        if (value != null) {
            schedule.put(key, value);
        }
    }

    /** JSON if it is, else a text: {@code 5}, {@code true}, {@code ["a"]}, {@code 50m}. */
    static JsonNode value(String typed) {
        try {
            JsonNode value = Api.JSON.readTree(typed);
            // "50m" begins with a number, and is none
            return value.isMissingNode() || (value.isNumber() && !value.asText().equals(typed))
                    ? Api.JSON.getNodeFactory().textNode(typed)
                    : value;
        } catch (JacksonException text) {
            return Api.JSON.getNodeFactory().textNode(typed);
        }
    }
}
