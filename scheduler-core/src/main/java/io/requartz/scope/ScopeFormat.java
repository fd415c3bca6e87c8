package io.requartz.scope;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.api.ErrorCategory;
import io.requartz.guard.ReleaseRate;
import io.requartz.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** A scope's definition as a tree of keys and values, as configuration and the API write it. {@code _} stands for {@code -} too. */
public final class ScopeFormat {

    private static final String DIMENSIONS = "dimensions";
    private static final String LABEL = "label";
    private static final String DISABLE_AFTER = "disable-after";
    private static final String COUNT = "count";
    private static final String RE_ENABLE_ON = "re-enable-on";
    private static final String RELEASE = "release";
    private static final String LOG = "log";
    private static final String ALL = "all";

    /** All keys, in the order of the documentation. */
    public static final List<String> KEYS =
            List.of(DIMENSIONS, LABEL, DISABLE_AFTER, COUNT, RE_ENABLE_ON, RELEASE, LOG);

    static final List<String> LOG_KEYS = List.of("failed", "disabled", "manual", "re-enabled-manual", "re-enabled");

    /**
     * One thing that is wrong.
     *
     * @param path keys that lead there
     * @param message what came and what was expected
     */
    public record Flaw(List<String> path, String message) {
        @Override
        public String toString() {
            return path.isEmpty() ? message : String.join(".", path) + ": " + message;
        }
    }

    /**
     * What reading gave.
     *
     * @param definition null if there are flaws
     */
    public record Reading(ScopeDefinition definition, List<Flaw> flaws) {}

    private final String name;
    private final List<Flaw> flaws = new ArrayList<>();
    private List<String> dimensions = List.of();
    private String label;
    private int disableAfter = ScopeDefinition.DISABLE_AFTER;
    private Set<ErrorCategory> count;
    private ReEnableOn reEnableOn = ReEnableOn.SUCCESS;
    private ReleaseRate release = ReleaseRate.DEFAULT;
    private ScopeTexts log = ScopeTexts.DEFAULT;

    private ScopeFormat(String name) {
        this.name = name;
    }

    public static Reading read(String name, JsonNode tree) {
        ScopeFormat format = new ScopeFormat(name);
        ScopeDefinition definition = format.read(tree);
        return new Reading(definition, List.copyOf(format.flaws));
    }

    /** @throws Problem if anything is wrong, all of it as details */
    public static ScopeDefinition parse(String name, JsonNode tree) {
        Reading reading = read(name, tree);
        if (reading.definition() == null) {
            throw Problem.invalid(
                    "That is no definition of a scope.",
                    "Mend what is listed; docs/scopes.md has all keys.",
                    reading.flaws().stream().map(Flaw::toString).toList());
        }
        return reading.definition();
    }

    private ScopeDefinition read(JsonNode tree) {
        Map<String, JsonNode> keys = keys(List.of(), tree, KEYS);
        if (keys.get(DIMENSIONS) == null && flaws.isEmpty()) {
            flaws.add(new Flaw(
                    List.of(), "'dimensions' is missing; expected a list of payload fields, as in [restaurant_id]"));
        }
        take(keys, DIMENSIONS, ScopeFormat::texts, value -> {
            ScopeDefinition.requireDimensions(value);
            dimensions = value;
        });
        take(keys, LABEL, ScopeFormat::line, value -> label = value);
        take(keys, DISABLE_AFTER, ScopeFormat::integer, value -> {
            ScopeDefinition.requireLimit(value);
            disableAfter = value;
        });
        take(keys, COUNT, ScopeFormat::categories, value -> count = value);
        take(keys, RE_ENABLE_ON, ScopeFormat::reEnableOn, value -> reEnableOn = value);
        take(keys, RELEASE, node -> ReleaseRate.parse(line(node)), value -> release = value);
        if (keys.containsKey(LOG)) {
            log = log(keys(List.of(LOG), keys.get(LOG), LOG_KEYS));
        }
        return flaws.isEmpty()
                ? new ScopeDefinition(
                        name,
                        dimensions,
                        label == null ? ScopeDefinition.labelOf(dimensions) : label,
                        disableAfter,
                        count,
                        reEnableOn,
                        release,
                        log)
                : null;
    }

    private ScopeTexts log(Map<String, JsonNode> keys) {
        List<String> known =
                Stream.concat(ScopeTexts.NAMES.stream(), dimensions.stream()).toList();
        String[] texts = {
            log.failed(), log.disabled(), log.manual(), log.reEnabledManual(), log.reEnabled(),
        };
        for (int i = 0; i < texts.length; i++) {
            int at = i;
            String key = LOG_KEYS.get(i);
            JsonNode written = keys.get(key);
            if (written != null) {
                guarded(List.of(LOG, key), () -> {
                    texts[at] = line(written);
                    requireKnown(texts[at], known);
                });
            }
        }
        return new ScopeTexts(texts[0], texts[1], texts[2], texts[3], texts[4]);
    }

    private static void requireKnown(String text, List<String> known) {
        List<String> unknown = Template.names(text).stream()
                .filter(each -> !known.contains(each))
                .toList();
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("nothing is called " + String.join(", ", unknown)
                    + " here; a log line may name " + String.join(", ", known));
        }
    }

    private Map<String, JsonNode> keys(List<String> path, JsonNode tree, List<String> allowed) {
        Map<String, JsonNode> keys = new TreeMap<>();
        if (!tree.isObject()) {
            flaws.add(new Flaw(path, came(tree) + "; expected keys and values: " + String.join(", ", allowed)));
            return keys;
        }
        tree.properties().forEach(entry -> {
            String key = entry.getKey().replace('_', '-');
            if (!allowed.contains(key)) {
                flaws.add(new Flaw(
                        append(path, short80(entry.getKey())),
                        "there is no such key; expected one of " + String.join(", ", allowed)));
            } else if (!entry.getValue().isNull()) {
                keys.put(key, entry.getValue());
            }
        });
        return keys;
    }

    private static List<String> append(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    private <T> void take(Map<String, JsonNode> keys, String key, Function<JsonNode, T> reader, Consumer<T> taker) {
        JsonNode value = keys.get(key);
        if (value != null) {
            guarded(List.of(key), () -> taker.accept(reader.apply(value)));
        }
    }

    private void guarded(List<String> path, Runnable reading) {
        try {
            reading.run();
        } catch (IllegalArgumentException refused) {
            flaws.add(new Flaw(path, refused.getMessage()));
        }
    }

    private static String line(JsonNode node) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw new IllegalArgumentException(came(node) + "; expected a text");
        }
        if (node.textValue().length() > ScopeTexts.LONGEST) {
            throw new IllegalArgumentException("a text of " + node.textValue().length()
                    + " characters came; expected at most " + ScopeTexts.LONGEST);
        }
        return node.textValue();
    }

    private static int integer(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException(came(node) + "; expected a whole number");
        }
        return node.intValue();
    }

    private static List<String> texts(JsonNode node) {
        List<String> texts = new ArrayList<>();
        if (!node.isArray()) {
            throw new IllegalArgumentException(came(node) + "; expected a list, as in [restaurant_id, platform]");
        }
        node.forEach(each -> texts.add(line(each)));
        return texts;
    }

    private static Set<ErrorCategory> categories(JsonNode node) {
        if (node.isTextual() && node.textValue().strip().equals(ALL)) {
            return null;
        }
        if (!node.isArray() || node.isEmpty()) {
            throw new IllegalArgumentException(came(node) + "; expected all, or a list of error categories");
        }
        Set<ErrorCategory> named = new LinkedHashSet<>();
        node.forEach(each -> named.add(new ErrorCategory(line(each))));
        return named;
    }

    private static ReEnableOn reEnableOn(JsonNode node) {
        return Arrays.stream(ReEnableOn.values())
                .filter(each -> each.label().equals(node.asText().strip().replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(came(node) + "; expected success or manual-trigger"));
    }

    private static String came(JsonNode node) {
        return short80(node.toString()) + " came";
    }

    private static String short80(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }

    /** With every key, so that {@link #read} gives the same definition back. */
    public static ObjectNode write(ScopeDefinition definition) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        definition.dimensions().forEach(tree.putArray(DIMENSIONS)::add);
        tree.put(LABEL, definition.label());
        tree.put(DISABLE_AFTER, definition.disableAfter());
        if (definition.count() == null) {
            tree.put(COUNT, ALL);
        } else {
            definition.count().stream().map(ErrorCategory::name).sorted().forEach(tree.putArray(COUNT)::add);
        }
        tree.put(RE_ENABLE_ON, definition.reEnableOn().label());
        tree.put(RELEASE, definition.release().toString());
        ScopeTexts texts = definition.log();
        tree.putObject(LOG)
                .put(LOG_KEYS.get(0), texts.failed())
                .put(LOG_KEYS.get(1), texts.disabled())
                .put(LOG_KEYS.get(2), texts.manual())
                .put(LOG_KEYS.get(3), texts.reEnabledManual())
                .put(LOG_KEYS.get(4), texts.reEnabled());
        return tree;
    }
}
