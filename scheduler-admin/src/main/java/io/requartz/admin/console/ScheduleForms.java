package io.requartz.admin.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.console.ScheduleFacts.Difference;
import io.requartz.admin.console.ScheduleFormPage.Day;
import io.requartz.admin.console.ScheduleFormPage.Preview;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.run.Priority;
import io.requartz.schedule.Misfire;
import io.requartz.schedule.Overlap;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleFormat;
import io.requartz.schedule.ScheduleFormatException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The form of a schedule: what it offers to choose from, what is wrong with what was typed, and when that would fire. */
final class ScheduleForms {

    private static final List<String> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone ->
                    zone.matches("UTC|(Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific)/.*"))
            .sorted()
            .toList();

    private final RequartzNode node;
    private final Frames frames;

    ScheduleForms(RequartzNode node, Frames frames) {
        this.node = node;
        this.frames = frames;
    }

    /**
     * Where a form stands and leads to.
     *
     * @param back the page that it came from, and what that is called
     * @param name null: it has one that stays
     * @param version that the person saw; empty for a new one
     */
    record Place(
            String title,
            String sentence,
            String action,
            String back,
            String backTitle,
            @Nullable String name,
            String version) {}

    /**
     * What came of what was typed.
     *
     * @param definition of the fields
     * @param flaws by field; empty if it can be saved as far as its form goes
     */
    record Typed(ScheduleFields fields, ObjectNode definition, Map<String, String> flaws) {}

    /** @param base what the person began with; empty for a new one */
    static Typed typed(ScheduleFields fields, ObjectNode base) {
        Map<String, String> flaws = new TreeMap<>();
        ObjectNode definition = fields.definition(base, flaws);
        try {
            ScheduleFormat.parse("typed", definition);
        } catch (ScheduleFormatException refused) {
            for (ScheduleFormatException.Flaw flaw : refused.flaws()) {
                flaws.merge(field(flaw.path(), fields), message(flaw), (one, other) -> one + "; " + other);
            }
        }
        return new Typed(fields, definition, flaws);
    }

    private static String field(String path, ScheduleFields fields) {
        String key = path.startsWith("calendar.") ? path.substring("calendar.".length()) : path.split("\\.", 2)[0];
        if (key.equals(ScheduleFields.INTERVAL_START)
                && fields.get(ScheduleFields.TIMING).equals(ScheduleFields.EVERY)) {
            return ScheduleFields.EVERY_START;
        }
        // without a time at all, the schedule as a whole is wrong
        return key.isEmpty() ? timingField(fields) : key.equals(ScheduleFields.CALENDAR) ? ScheduleFields.DAYS : key;
    }

    private static String timingField(ScheduleFields fields) {
        String timing = fields.get(ScheduleFields.TIMING);
        return timing.isEmpty() ? ScheduleFields.CRON : timing;
    }

    private static String message(ScheduleFormatException.Flaw flaw) {
        boolean inside = flaw.path().startsWith("retry.");
        return Words.line((inside ? flaw.path().substring("retry.".length()) + ": " : "") + flaw.message(), 600);
    }

    /** When it would fire; null if its timing cannot be read. */
    @Nullable Preview preview(ObjectNode definition) {
        Schedule schedule;
        try {
            schedule = ScheduleFormat.parse("preview", ScheduleFields.timingOf(definition));
        } catch (ScheduleFormatException unreadable) {
            return null;
        }
        Times times = frames.times();
        List<Instant> next = schedule.fires().upcoming(times.now(), NextFire.SHOWN);
        return new Preview(
                ScheduleRow.words(schedule), schedule.zone().getId(), NextFire.of(next, schedule.zone(), times));
    }

    /** The form as it is first shown. */
    ScheduleFormPage first(ContainerRequestContext request, Place place, ObjectNode definition) {
        return page(
                request, place, new Typed(ScheduleFields.of(definition), definition, Map.of()), "", List.of(), null);
    }

    /** The form as the person left it. */
    ScheduleFormPage page(
            ContainerRequestContext request,
            Place place,
            Typed typed,
            String note,
            List<Difference> stale,
            @Nullable Flash wrong) {
        ScheduleFields fields = typed.fields();
        return new ScheduleFormPage(
                frames.of(Visit.of(request), place.title(), Section.SCHEDULES),
                place.title(),
                place.sentence(),
                place.action(),
                place.back(),
                place.backTitle(),
                place.name(),
                place.version(),
                fields,
                note,
                options(types(), fields.get("type")),
                options(
                        words(Arrays.stream(Priority.values())
                                .map(Priority::label)
                                .toList()),
                        fields.get("priority")),
                options(misfires(), fields.get("misfire")),
                options(overlaps(), fields.get("overlap")),
                days(fields),
                ZONES,
                preview(typed.definition()),
                stale,
                typed.flaws(),
                wrong);
    }

    /** Of what was typed for a preview, only what is wrong with its times is of interest. */
    static Typed onlyTiming(Typed typed) {
        List<String> timing = List.of(
                "cron",
                "every",
                "every-start",
                "calendar-interval",
                "start",
                "zone",
                "exclude-days",
                "exclude-dates",
                "exclude-hours");
        Map<String, String> flaws = typed.flaws().entrySet().stream()
                .filter(flaw -> timing.contains(flaw.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new Typed(typed.fields(), typed.definition(), flaws);
    }

    static Flash flawed(Map<String, String> flaws) {
        return new Flash(
                false,
                flaws.size() == 1 ? "One field is wrong." : flaws.size() + " fields are wrong.",
                "Mend what is marked, and save it again.");
    }

    static int status(Problem problem) {
        return switch (problem.kind()) {
            case STALE -> 412;
            case CONFLICT -> 409;
            case UNAVAILABLE -> 503;
            default -> 400;
        };
    }

    // ---- choices

    private static List<Option> options(Map<String, String> choices, String chosen) {
        Map<String, String> all = new LinkedHashMap<>(choices);
        all.putIfAbsent(chosen, chosen);
        return all.entrySet().stream()
                .map(choice -> new Option(
                        choice.getKey(), choice.getValue(), choice.getKey().equals(chosen)))
                .toList();
    }

    private Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("", "Choose…");
        node.control().jobTypes().forEach(type -> {
            String title = Titles.title(type);
            types.put(type.name(), title.equals(type.name()) ? title : title + " (" + type.name() + ")");
        });
        return types;
    }

    private static Map<String, String> words(List<String> values) {
        Map<String, String> words = new LinkedHashMap<>();
        values.forEach(value -> words.put(value, value));
        return words;
    }

    private static Map<String, String> misfires() {
        Map<String, String> misfires = new LinkedHashMap<>();
        for (Misfire misfire : Misfire.values()) {
            misfires.put(misfire.words(), ScheduleFacts.misfire(misfire));
        }
        return misfires;
    }

    private static Map<String, String> overlaps() {
        Map<String, String> overlaps = new LinkedHashMap<>();
        for (Overlap overlap : Overlap.values()) {
            overlaps.put(overlap.words(), ScheduleFacts.overlap(overlap));
        }
        return overlaps;
    }

    private static List<Day> days(ScheduleFields fields) {
        return Arrays.stream(DayOfWeek.values())
                .map(day -> {
                    String value = day.name().toLowerCase(Locale.ROOT);
                    return new Day(value, day.getDisplayName(TextStyle.FULL, Locale.ENGLISH), fields.excludes(value));
                })
                .toList();
    }
}
