package io.requartz.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.problem.Spelling;
import io.requartz.schedule.ScheduleFormatException.Flaw;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The keys of one object in a schedule's tree. Whatever is wrong with one becomes a flaw, and reading goes on as if the key were
 * not there, so that all flaws are found at once.
 */
final class ScheduleKeys {

    private static final int LONGEST_QUOTED = 80;

    private final String path;
    private final List<Flaw> flaws;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();

    ScheduleKeys(JsonNode object, String path, List<String> allowed, List<Flaw> flaws) {
        this.path = path;
        this.flaws = flaws;
        if (!object.isObject()) {
            flaw("", came(object) + "; expected keys and values: " + String.join(", ", allowed));
            return;
        }
        object.properties().forEach(entry -> add(entry.getKey(), entry.getValue(), allowed));
    }

    private void add(String written, JsonNode value, List<String> allowed) {
        String key = written.replace('_', '-');
        if (!allowed.contains(key)) {
            String hint = Spelling.hint(key, allowed);
            flaw(
                    quotable(written),
                    "no such key" + (hint.isEmpty() ? "; expected one of " + String.join(", ", allowed) : hint));
        } else if (!value.isNull() && values.putIfAbsent(key, value) != null) {
            flaw(key, "given twice, with - and with _; write it once");
        }
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    JsonNode get(String key) {
        return values.get(key);
    }

    /** What the reader makes of the value; {@code otherwise} if there is none, or it is a flaw. */
    <T> T read(String key, T otherwise, Function<JsonNode, T> reader) {
        JsonNode value = values.get(key);
        if (value == null) {
            return otherwise;
        }
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException refused) {
            flaw(key, refused.getMessage());
            return otherwise;
        }
    }

    /** Each entry of a list by itself, so that one bad entry does not hide the next. */
    <T> List<T> list(String key, Function<String, T> reader) {
        JsonNode value = values.get(key);
        List<T> read = new ArrayList<>();
        if (value == null) {
            return read;
        }
        if (!value.isArray()) {
            flaw(key, came(value) + "; expected a list");
            return read;
        }
        for (JsonNode entry : value) {
            try {
                read.add(reader.apply(text(entry)));
            } catch (IllegalArgumentException refused) {
                flaw(key, refused.getMessage());
            }
        }
        return read;
    }

    ScheduleKeys inside(String key, List<String> allowed) {
        return new ScheduleKeys(values.get(key), at(key), allowed, flaws);
    }

    void flaw(String key, String message) {
        flaws.add(new Flaw(at(key), message));
    }

    private String at(String key) {
        return path.isEmpty() ? key : key.isEmpty() ? path : path + "." + key;
    }

    static String text(JsonNode node) {
        if (!node.isTextual() || node.textValue().isBlank()) {
            throw new IllegalArgumentException(came(node) + "; expected a text");
        }
        return node.textValue().strip();
    }

    static boolean flag(JsonNode node) {
        if (!node.isBoolean()) {
            throw new IllegalArgumentException(came(node) + "; expected true or false");
        }
        return node.booleanValue();
    }

    /** One of these values, by what each is called; {@code _} and {@code -} stand for a space. */
    static <T> T oneOf(JsonNode node, T[] values, Function<T, String> name) {
        String word =
                node.isTextual() ? node.textValue().strip().replace('_', ' ').replace('-', ' ') : "";
        List<String> words = new ArrayList<>();
        for (T value : values) {
            if (name.apply(value).equals(word)) {
                return value;
            }
            words.add(name.apply(value));
        }
        throw new IllegalArgumentException(came(node) + "; expected " + String.join(", ", words)
                + (word.isEmpty() ? "" : Spelling.hint(word, words)));
    }

    static String came(JsonNode node) {
        String text = quotable(node.toString());
        if (node.isObject()) {
            return "keys and values came, " + text;
        }
        return node.isArray() ? "a list came, " + text : text + " came";
    }

    private static String quotable(String text) {
        return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "...";
    }
}
