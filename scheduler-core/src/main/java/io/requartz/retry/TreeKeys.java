package io.requartz.retry;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.problem.Spelling;
import io.requartz.time.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The keys of one object in a policy's tree. Whatever is wrong with one becomes a flaw, and reading goes on as if the key were not
 * there, so that all flaws are found at once.
 */
final class TreeKeys {

    private static final int LONGEST_QUOTED = 80;

    private final String path;
    private final List<PolicyFormatException.Flaw> flaws;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    private TreeKeys(String path, List<PolicyFormatException.Flaw> flaws) {
        this.path = path;
        this.flaws = flaws;
    }

    /** The keys of an object, those refused that are not allowed. */
    static TreeKeys of(JsonNode object, String path, List<String> allowed, List<PolicyFormatException.Flaw> flaws) {
        TreeKeys keys = new TreeKeys(path, flaws);
        if (!object.isObject()) {
            keys.flaw("", came(object) + "; expected keys and values: " + String.join(", ", allowed));
            return keys;
        }
        object.properties().forEach(entry -> keys.add(entry.getKey(), entry.getValue(), allowed));
        return keys;
    }

    private void add(String written, JsonNode value, List<String> allowed) {
        String key = written.replace('_', '-');
        if (!allowed.contains(key)) {
            flaw(quotable(written), "no such key" + Spelling.hintOrAll(key, allowed));
        } else if (value.isNull()) {
            flaw(key, "no value; leave the key out to keep what holds without it");
        } else if (values.putIfAbsent(key, value) != null) {
            flaw(key, "given twice, with - and with _; write it once");
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    JsonNode get(String key) {
        return values.get(key);
    }

    Iterable<String> names() {
        return values.keySet();
    }

    /** Hands over the value if there is one, as the reader reads it; what the reader or the taker refuses is a flaw of the key. */
    <T> void take(String key, Function<JsonNode, T> reader, Consumer<T> taker) {
        JsonNode value = values.get(key);
        if (value == null) {
            return;
        }
        try {
            taker.accept(reader.apply(value));
        } catch (IllegalArgumentException e) {
            flaw(key, e.getMessage());
        }
    }

    /** The keys of the object that is this key's value. */
    TreeKeys inside(String key, List<String> allowed) {
        return of(values.get(key), at(key), allowed, flaws);
    }

    String at(String key) {
        return path.isEmpty() ? key : key.isEmpty() ? path : path + '.' + key;
    }

    void flaw(String key, String message) {
        flaws.add(new PolicyFormatException.Flaw(at(key), message));
    }

    static Duration duration(JsonNode node) {
        if (!node.isTextual()) {
            throw new IllegalArgumentException(
                    came(node) + "; expected a duration with its unit, as in 500ms, 30s, 15m, 2h or 1d");
        }
        return Durations.parse(node.textValue());
    }

    /** A duration, or the word for no limit. */
    static Duration limit(JsonNode node) {
        boolean none = node.isTextual() && node.textValue().strip().equals("none");
        return none ? RetryPolicy.FOREVER : duration(node);
    }

    static int integer(JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToInt()) {
            throw new IllegalArgumentException(came(node) + "; expected a whole number");
        }
        return node.intValue();
    }

    static boolean truth(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException(came(node) + "; expected true or false");
        }
        return node.booleanValue();
    }

    static double number(JsonNode node) {
        if (!node.isNumber()) {
            throw new IllegalArgumentException(came(node) + "; expected a number");
        }
        return node.doubleValue();
    }

    /** One of these words. */
    static String word(JsonNode node, List<String> words) {
        String word = node.isTextual() ? node.textValue().strip() : "";
        if (words.contains(word)) {
            return word;
        }
        String hint = node.isTextual() ? Spelling.hint(word, words) : "";
        throw new IllegalArgumentException(came(node) + "; expected " + String.join(", ", words) + hint);
    }

    /** What stands there, in the middle of a sentence; short, however long it is. */
    static String came(JsonNode node) {
        String text = quotable(node.toString());
        if (node.isObject()) {
            return "keys and values came, " + text;
        }
        return node.isArray() ? "a list came, " + text : text + " came";
    }

    static String quotable(String text) {
        return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "...";
    }
}
