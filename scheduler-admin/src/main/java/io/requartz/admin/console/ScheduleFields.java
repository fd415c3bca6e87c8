package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.rest.WrongValue;
import io.requartz.problem.Problem;
import io.requartz.schedule.ScheduleFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as its form holds it: a text for each field, most of them called like the keys of {@link ScheduleFormat}. What a person
 * left as it was shown stays as it is stored, so that changing one key changes no other. Immutable.
 */
final class ScheduleFields {

    /** Which of the three timings is chosen. */
    static final String TIMING = "timing";

    static final String CRON = "cron";
    static final String EVERY = "every";
    static final String EVERY_START = "every-start";
    static final String INTERVAL = "calendar-interval";
    static final String INTERVAL_START = "start";
    static final String CALENDAR = "calendar";
    static final String DAYS = "exclude-days";
    static final String TAGS = "tags";
    static final String PAUSED = "paused";

    /** Documents: an object each. */
    static final List<String> OBJECTS = List.of("payload", "matrix", "retry");

    private static final List<String> LINES =
            List.of("type", "title", "zone", "misfire", "misfire-after", "overlap", "priority", "expire-after");
    private static final List<String> CALENDAR_LISTS = List.of(DAYS, "exclude-dates", "exclude-hours");
    private static final Map<String, String> DEFAULTS =
            Map.of("zone", "UTC", "misfire", "run once", "overlap", "skip", "priority", "normal");
    private static final int LONGEST_LINE = 500;

    private final Map<String, String> texts;

    private ScheduleFields(Map<String, String> texts) {
        this.texts = Map.copyOf(texts);
    }

    /** As a definition says it. */
    static ScheduleFields of(ObjectNode definition) {
        Map<String, String> texts = new HashMap<>();
        LINES.forEach(key -> texts.put(key, text(definition.path(key), DEFAULTS.getOrDefault(key, ""))));
        String timing = definition.has(EVERY) ? EVERY : definition.has(INTERVAL) ? INTERVAL : CRON;
        texts.put(TIMING, timing);
        for (String key : List.of(CRON, EVERY, INTERVAL)) {
            texts.put(key, text(definition.path(key), ""));
        }
        texts.put(timing.equals(EVERY) ? EVERY_START : INTERVAL_START, text(definition.path(INTERVAL_START), ""));
        JsonNode calendar = ScheduleFormat.normal(definition.path(CALENDAR));
        CALENDAR_LISTS.forEach(key -> texts.put(key, joined(calendar.path(key))));
        texts.put(TAGS, joined(definition.path(TAGS)));
        for (String key : OBJECTS) {
            JsonNode value = definition.path(key);
            texts.put(key, value.isMissingNode() ? "" : Words.orEmpty(Json.pretty(value.toString())));
        }
        texts.put(PAUSED, definition.path(PAUSED).asBoolean(false) ? "true" : "");
        return new ScheduleFields(texts);
    }

    /** As a person sent it. */
    static ScheduleFields of(Form form) {
        Map<String, String> texts = new HashMap<>();
        List<String> single = new ArrayList<>(LINES);
        single.addAll(List.of(TIMING, CRON, EVERY, EVERY_START, INTERVAL, INTERVAL_START, TAGS, PAUSED));
        single.addAll(List.of("exclude-dates", "exclude-hours"));
        single.addAll(OBJECTS);
        single.forEach(key -> texts.put(key, Words.orEmpty(form.text(key)).strip()));
        texts.put(DAYS, String.join(", ", form.all(DAYS)));
        texts.put(TIMING, chosen(texts));
        return new ScheduleFields(texts);
    }

    /** The timing that was chosen; the one that was filled in, if that alone was. */
    private static String chosen(Map<String, String> texts) {
        List<String> filled = Stream.of(CRON, EVERY, INTERVAL)
                .filter(timing -> !texts.getOrDefault(timing, "").isEmpty())
                .toList();
        String chosen = texts.getOrDefault(TIMING, "");
        return filled.size() == 1 && !filled.contains(chosen) ? filled.get(0) : chosen;
    }

    /** Empty if nothing was filled in. */
    String get(String field) {
        return texts.getOrDefault(field, "");
    }

    boolean excludes(String day) {
        return listed(get(DAYS)).stream().anyMatch(day::equalsIgnoreCase);
    }

    // ---- to a definition

    /**
     * The definition that the fields make.
     *
     * @param base what the person began with; empty for a new one
     * @param flaws takes what cannot be read, by field; such a field is left out
     */
    ObjectNode definition(ObjectNode base, Map<String, String> flaws) {
        ScheduleFields shown = of(base);
        ObjectNode definition = base.deepCopy();
        for (String key : LINES) {
            if (differs(shown, key)) {
                setLine(definition, key, key, flaws);
            }
        }
        setTiming(definition, shown, flaws);
        setCalendar(definition, shown);
        if (differs(shown, TAGS)) {
            set(definition, TAGS, get(TAGS).isEmpty() ? null : list(get(TAGS)));
        }
        for (String key : OBJECTS) {
            if (differs(shown, key)) {
                setObject(definition, key, flaws);
            }
        }
        if (differs(shown, PAUSED)) {
            definition.put(PAUSED, get(PAUSED).equals("true"));
        }
        return definition;
    }

    /** What of a definition says when it is due, with a type that is not looked at. */
    static ObjectNode timingOf(ObjectNode definition) {
        ObjectNode timing = JsonNodeFactory.instance.objectNode().put("type", "preview");
        for (String key : List.of(CRON, EVERY, INTERVAL, INTERVAL_START, "zone", CALENDAR)) {
            if (definition.has(key)) {
                timing.set(key, definition.get(key));
            }
        }
        return timing;
    }

    private boolean differs(ScheduleFields shown, String field) {
        return !get(field).equals(shown.get(field));
    }

    private void setTiming(ObjectNode definition, ScheduleFields shown, Map<String, String> flaws) {
        String timing = get(TIMING);
        String start = timing.equals(EVERY) ? EVERY_START : INTERVAL_START;
        boolean hasStart = !timing.equals(CRON);
        boolean unchanged = !differs(shown, TIMING) && !differs(shown, timing) && !(hasStart && differs(shown, start));
        if (unchanged) {
            for (String other : List.of(CRON, EVERY, INTERVAL)) {
                if (!other.equals(timing) && differs(shown, other)) {
                    flaws.put(
                            other,
                            "this is filled in, but another kind of timing is chosen; choose this one, or empty it");
                }
            }
            return;
        }
        definition.remove(List.of(CRON, EVERY, INTERVAL, INTERVAL_START));
        if (List.of(CRON, EVERY, INTERVAL).contains(timing)) {
            setLine(definition, timing, timing, flaws);
            if (hasStart) {
                setLine(definition, INTERVAL_START, start, flaws);
            }
        }
    }

    private void setCalendar(ObjectNode definition, ScheduleFields shown) {
        if (CALENDAR_LISTS.stream().noneMatch(key -> differs(shown, key))) {
            return;
        }
        ObjectNode calendar = ScheduleFormat.normal(definition.path(CALENDAR));
        for (String key : CALENDAR_LISTS) {
            if (differs(shown, key)) {
                set(calendar, key, get(key).isEmpty() ? null : list(get(key)));
            }
        }
        set(definition, CALENDAR, calendar.isEmpty() ? null : calendar);
    }

    private void setLine(ObjectNode definition, String key, String field, Map<String, String> flaws) {
        String text = get(field);
        if (text.isEmpty()) {
            definition.remove(key);
            return;
        }
        try {
            definition.put(key, Wire.line(LONGEST_LINE).read(text));
        } catch (WrongValue wrong) {
            definition.remove(key);
            flaws.put(field, String.valueOf(wrong.getMessage()));
        }
    }

    private void setObject(ObjectNode definition, String key, Map<String, String> flaws) {
        if (get(key).isEmpty()) {
            definition.remove(key);
            return;
        }
        try {
            JsonNode typed = Json.stored(Json.object("it", get(key)));
            if (!Objects.equals(typed, definition.get(key))) {
                set(definition, key, typed);
            }
        } catch (Problem wrong) {
            definition.remove(key);
            flaws.put(key, wrong.getMessage() + ". " + wrong.hint());
        }
    }

    private static void set(ObjectNode definition, String key, @Nullable JsonNode value) {
        if (value == null) {
            definition.remove(key);
        } else {
            definition.set(key, value);
        }
    }

    // ---- lists as one line

    private static String text(JsonNode value, String otherwise) {
        return value.isMissingNode() || value.isNull()
                ? otherwise
                : value.isValueNode() ? value.asText() : value.toString();
    }

    /** As JSON, if an entry has a comma itself. */
    private static String joined(JsonNode list) {
        List<String> entries = new ArrayList<>();
        list.forEach(entry -> entries.add(text(entry, "")));
        return entries.stream().anyMatch(entry -> entry.contains(",")) ? list.toString() : String.join(", ", entries);
    }

    private static JsonNode list(String line) {
        JsonNode json = line.startsWith("[") ? Json.stored(line) : null;
        if (json != null && json.isArray()) {
            return json;
        }
        var list = JsonNodeFactory.instance.arrayNode();
        listed(line).forEach(entry -> list.add(TextNode.valueOf(entry)));
        return list;
    }

    private static List<String> listed(String line) {
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .toList();
    }
}
