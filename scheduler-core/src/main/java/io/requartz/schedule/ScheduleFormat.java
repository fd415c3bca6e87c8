package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A schedule as people write it: the tree of a YAML or JSON document with kebab-case keys. The same form is used in configuration,
 * in the database and by the REST API. Stateless and thread-safe.
 *
 * <pre>{@code
 * type: availability_sync
 * title: Hourly availability      # for people
 * cron: 0 0 * * * ?               # seconds first; or every: 15m; or calendar-interval: 1 month
 * start: 2026-01-31T09:00         # of calendar-interval (required), or of every (a time with its zone; default 1970)
 * zone: Europe/Paris              # default UTC
 * calendar:                       # when it is not due
 *   exclude-days: [sunday]
 *   exclude-dates: [2026-12-24..2027-01-01, 05-01]
 *   exclude-hours: ["23:00-05:00"]
 * misfire: run once               # skip, run all
 * misfire-after: 60s
 * overlap: skip                   # allow, supersede
 * payload: {batch_size: 20}
 * matrix:
 *   restaurant: [{restaurant_id: 1, restaurant_name: Le Bouzou}]
 *   platform: [uber_eats, deliveroo]
 * priority: normal
 * tags: [sync]
 * expire-after: 50m
 * retry: {max-attempts: 3}
 * paused: false
 * }</pre>
 *
 * <p>Keys may be written with {@code _} for {@code -}, as JSON likes it. A key without a value is as if it were not there.
 */
public final class ScheduleFormat {

    static final List<String> KEYS = List.of(
            "type",
            "title",
            "cron",
            "every",
            "calendar-interval",
            "start",
            "zone",
            "calendar",
            "misfire",
            "misfire-after",
            "overlap",
            "payload",
            "matrix",
            "priority",
            "tags",
            "expire-after",
            "retry",
            "paused");

    /** Of these a schedule has exactly one. */
    static final Set<String> TIMINGS = Set.of("cron", "every", "calendar-interval");

    private static final Set<String> TIMING_KEY =
            Set.of("cron", "every", "calendar-interval", "start", "zone", "calendar");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private ScheduleFormat() {}

    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** @throws IllegalArgumentException if no schedule can be called so */
    public static void requireName(String name) {
        if (!isName(name)) {
            throw new IllegalArgumentException("a schedule's name has 1 to 80 letters, digits, dots, hyphens or"
                    + " underscores and begins with a letter or digit");
        }
    }

    /** @throws ScheduleFormatException with all that is wrong */
    public static Schedule parse(String name, JsonNode tree) {
        return new ScheduleReader().read(name, tree);
    }

    /** The tree with its keys in kebab-case, so that trees of different origin can be laid over each other. */
    public static ObjectNode normal(JsonNode tree) {
        ObjectNode normal = JsonNodeFactory.instance.objectNode();
        tree.properties().forEach(entry -> normal.set(entry.getKey().replace('_', '-'), entry.getValue()));
        return normal;
    }

    /**
     * What holds when live changes lie over the configuration, key by key. A live timing replaces a configured one of another
     * kind; a live null takes a key away.
     *
     * @param configured null: none
     * @param live null: none
     */
    public static ObjectNode effective(JsonNode configured, JsonNode live) {
        ObjectNode tree = configured == null ? JsonNodeFactory.instance.objectNode() : normal(configured);
        ObjectNode over = live == null ? JsonNodeFactory.instance.objectNode() : normal(live);
        if (TIMINGS.stream().anyMatch(over::hasNonNull)) {
            tree.remove(TIMINGS);
        }
        tree.setAll(over);
        for (String key : List.copyOf(KEYS)) {
            if (tree.has(key) && tree.get(key).isNull()) {
                tree.remove(key);
            }
        }
        return tree;
    }

    /**
     * The live change that makes the configuration into this.
     *
     * @param configured null: none
     * @return null if nothing is to be changed
     */
    public static ObjectNode change(JsonNode configured, JsonNode wanted) {
        ObjectNode base = configured == null ? JsonNodeFactory.instance.objectNode() : normal(configured);
        ObjectNode change = normal(wanted);
        base.properties().forEach(entry -> {
            if (!change.has(entry.getKey())) {
                change.putNull(entry.getKey());
            } else if (change.get(entry.getKey()).equals(entry.getValue())) {
                change.remove(entry.getKey());
            }
        });
        return change.isEmpty() && configured != null ? null : change;
    }

    static String timingKey(JsonNode tree) {
        TreeMap<String, JsonNode> parts = new TreeMap<>();
        normal(tree).properties().stream()
                .filter(entry -> TIMING_KEY.contains(entry.getKey()))
                .forEach(entry -> parts.put(entry.getKey(), entry.getValue()));
        return parts.toString();
    }
}
