package io.requartz.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What tells two payloads apart, path by path. Members of objects are compared by name, elements of lists by their place. Pure.
 *
 * @param changes at most {@value #MOST}, members in the order of the older payload, then those that are new
 * @param leftOut how many more there are
 */
public record PayloadDifference(List<Change> changes, int leftOut) {

    /** So many changes are told. */
    public static final int MOST = 200;

    private static final int LONGEST_VALUE = 2_000;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public PayloadDifference {
        changes = List.copyOf(changes);
    }

    public enum Kind {
        ADDED,
        REMOVED,
        CHANGED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One place that differs.
     *
     * @param path JSON Pointer (RFC 6901)
     * @param from null if added; a value longer than 2,000 characters is told by a text that says how long it is
     * @param to null if removed; likewise
     */
    public record Change(Kind kind, String path, JsonNode from, JsonNode to) {}

    /** Of two JSON texts. One that is none (it cannot be stored by us) counts as a text. */
    public static PayloadDifference between(String before, String after) {
        Walk walk = new Walk();
        if (!before.equals(after)) {
            walk.compare("", read(before), read(after));
        }
        return new PayloadDifference(walk.changes, walk.leftOut);
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException broken) {
            return TextNode.valueOf(json);
        }
    }

    private static final class Walk {

        private final List<Change> changes = new ArrayList<>();
        private int leftOut;

        private void compare(String path, JsonNode before, JsonNode after) {
            if (before.isObject() && after.isObject()) {
                compareMembers(path, before, after);
            } else if (before.isArray() && after.isArray()) {
                compareElements(path, before, after);
            } else if (!before.equals(after)) {
                add(Kind.CHANGED, path, before, after);
            }
        }

        private void compareMembers(String path, JsonNode before, JsonNode after) {
            for (Map.Entry<String, JsonNode> member : before.properties()) {
                JsonNode other = after.get(member.getKey());
                if (other == null) {
                    add(Kind.REMOVED, path + step(member.getKey()), member.getValue(), null);
                } else {
                    compare(path + step(member.getKey()), member.getValue(), other);
                }
            }
            for (Iterator<String> names = after.fieldNames(); names.hasNext(); ) {
                String name = names.next();
                if (!before.has(name)) {
                    add(Kind.ADDED, path + step(name), null, after.get(name));
                }
            }
        }

        private void compareElements(String path, JsonNode before, JsonNode after) {
            int both = Math.min(before.size(), after.size());
            for (int i = 0; i < both; i++) {
                compare(path + "/" + i, before.get(i), after.get(i));
            }
            for (int i = both; i < before.size(); i++) {
                add(Kind.REMOVED, path + "/" + i, before.get(i), null);
            }
            for (int i = both; i < after.size(); i++) {
                add(Kind.ADDED, path + "/" + i, null, after.get(i));
            }
        }

        private void add(Kind kind, String path, JsonNode from, JsonNode to) {
            if (changes.size() < MOST) {
                changes.add(new Change(kind, path, shown(from), shown(to)));
            } else {
                leftOut++;
            }
        }

        private static String step(String name) {
            return "/" + name.replace("~", "~0").replace("/", "~1");
        }

        private static JsonNode shown(JsonNode value) {
            if (value == null) {
                return null;
            }
            int length = value.toString().length();
            return length <= LONGEST_VALUE ? value : TextNode.valueOf("(" + length + " characters)");
        }
    }
}
