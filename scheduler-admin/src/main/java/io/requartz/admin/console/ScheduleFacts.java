package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.schedule.Misfire;
import io.requartz.schedule.Overlap;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleFormat;
import io.requartz.schedule.ScheduleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A schedule's settings in sentences. */
final class ScheduleFacts {

    /**
     * A key of which a live change and what it lies over say different things.
     *
     * @param now what counts; empty: nothing
     * @param before what configuration, or the plugin, says; empty: nothing
     */
    record Difference(String key, String now, String before) {}

    private ScheduleFacts() {}

    static List<Fact> of(ScheduleStatus status, ScheduleOrigin origin, Titles titles, Times times) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.code("Name", status.name()));
        if (status.schedule() != null) {
            add(facts, status.schedule(), status.effective(), titles);
        }
        facts.add(Fact.text("Comes from", origin.words()));
        if (status.definition().changedBy() != null) {
            facts.add(Fact.text(
                    "Changed last",
                    times.distance(status.definition().changedAt()).text() + " by "
                            + Words.line(status.definition().changedBy(), 100) + ", version "
                            + status.definition().version()));
        }
        return facts;
    }

    private static void add(List<Fact> facts, Schedule schedule, JsonNode effective, Titles titles) {
        facts.add(Fact.link("Job type", titles.of(schedule.type()), JobTypePages.href(schedule.type())));
        facts.add(Fact.code("When", written(effective)));
        facts.add(Fact.text("Time zone", schedule.zone().getId()));
        String calendar = CalendarWords.of(schedule.calendar());
        if (!calendar.isEmpty()) {
            facts.add(Fact.text("Calendar", calendar));
        }
        facts.add(Fact.text("Missed times", misfire(schedule)));
        facts.add(Fact.text("While a run is open", overlap(schedule.overlap())));
        List<MatrixAxis> axes = MatrixAxis.of(effective.path("matrix"));
        if (!axes.isEmpty()) {
            facts.add(Fact.text(
                    "Matrix",
                    axes.stream()
                                    .map(axis -> axis.values().size() + " " + Words.line(axis.name(), 60))
                                    .collect(Collectors.joining(" x "))
                            + ": "
                            + Words.count(schedule.cells().size(), "run") + " a fire"));
        }
        facts.add(Fact.text("Priority", schedule.priority().label()));
        for (String tag : schedule.tags()) {
            facts.add(Fact.link("Tag", Words.line(tag, 100), "/runs?tag=" + Words.query(tag)));
        }
        facts.add(Fact.text(
                "Expires",
                schedule.expireAfter() == null
                        ? "never"
                        : Times.span(schedule.expireAfter()) + " after its time, unless it has begun"));
        facts.add(
                schedule.retry() == null
                        ? Fact.text("Retries", "as its job type says")
                        : Fact.code("Retries", Words.line(schedule.retry().toString(), 300)));
    }

    /** The timing as configuration would say it. */
    private static String written(JsonNode effective) {
        return List.of("cron", "every", "calendar-interval").stream()
                        .filter(effective::has)
                        .map(key -> key + ": " + effective.get(key).asText())
                        .collect(Collectors.joining(", "))
                + (effective.has("start") ? ", start: " + effective.get("start").asText() : "");
    }

    private static String misfire(Schedule schedule) {
        String late = ", if it is more than " + Times.span(schedule.misfireAfter()) + " late";
        return misfire(schedule.misfire()) + late;
    }

    static String misfire(Misfire misfire) {
        return switch (misfire) {
            case SKIP -> "skip: no run makes up for them";
            case RUN_ONCE -> "run once: one run makes up for all of them";
            case RUN_ALL -> "run all: a run for each of them";
        };
    }

    static String overlap(Overlap overlap) {
        return switch (overlap) {
            case SKIP -> "skip: the fire makes no run, and that is recorded";
            case ALLOW -> "allow: another run is made beside it";
            case SUPERSEDE -> "supersede: it is cancelled if it waits; one that is running goes on";
        };
    }

    /** What a live change says otherwise than what it lies over. */
    static List<Difference> overridden(ScheduleStatus status) {
        JsonNode configured = status.definition().configured();
        return configured == null ? List.of() : differences(ScheduleFormat.normal(configured), status.effective());
    }

    static List<Difference> differences(JsonNode before, JsonNode now) {
        TreeSet<String> keys = new TreeSet<>();
        ObjectNode one = ScheduleFormat.normal(before);
        ObjectNode other = ScheduleFormat.normal(now);
        one.properties().forEach(key -> keys.add(key.getKey()));
        other.properties().forEach(key -> keys.add(key.getKey()));
        return keys.stream()
                .filter(key -> !one.path(key).equals(other.path(key)))
                .map(key -> new Difference(key, text(other.path(key)), text(one.path(key))))
                .toList();
    }

    private static String text(JsonNode value) {
        String text =
                value.isMissingNode() || value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
        return Words.line(text, 300);
    }
}
