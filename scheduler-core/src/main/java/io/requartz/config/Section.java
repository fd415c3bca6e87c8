package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.config.Tree.Branch;
import io.requartz.config.Tree.Entry;
import io.requartz.config.Tree.Leaf;
import io.requartz.config.Tree.Nothing;
import io.requartz.config.Tree.Sequence;
import io.requartz.problem.Spelling;
import io.requartz.time.Durations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads typed values out of one section. What is not there or not good becomes the default; what is not good is complained
 * about, so that reading goes on to the next mistake.
 */
final class Section {

    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}\\.\\d{1,18}");

    private final String name;
    private final Branch branch;
    private final References references;
    private final Complaints complaints;

    /** @param name path of this section, empty for the root */
    Section(String name, Branch branch, References references, Complaints complaints) {
        this.name = name;
        this.branch = branch;
        this.references = references;
        this.complaints = complaints;
    }

    /** Complains about every key that is not one of these. */
    Section knows(Collection<String> keys) {
        branch.entries().forEach((key, entry) -> {
            if (!keys.contains(key)) {
                String where = name.isEmpty() ? "there is no section '" : "'" + name + "' has no key '";
                complaints.add(entry.key(), where + key + "'" + Spelling.hintOrAll(key, keys));
            }
        });
        return this;
    }

    Map<String, Entry> entries() {
        return branch.entries();
    }

    /** The section under this key; an empty one if there is none. */
    Section section(String key) {
        Entry entry = branch.entries().get(key);
        Branch found = Branch.empty(branch.origin());
        if (entry != null && entry.value() instanceof Branch below) {
            found = below;
        } else if (entry != null && !(entry.value() instanceof Nothing)) {
            complaints.add(
                    entry.value().origin(),
                    path(key) + " is " + entry.value().kind() + "; expected a section with keys under it");
        }
        return new Section(path(key), found, references, complaints);
    }

    String text(String key, String otherwise) {
        return read(key, Function.identity(), "a text").orElse(otherwise);
    }

    String text(String key, String otherwise, Pattern form, String formInWords) {
        return read(key, text -> matching(text, form), formInWords).orElse(otherwise);
    }

    Secret secret(String key, Secret otherwise) {
        return read(key, Secret::of, "a text").orElse(otherwise);
    }

    /** The sections of a list under this key. */
    List<Section> items(String key) {
        Entry entry = branch.entries().get(key);
        List<Section> items = new ArrayList<>();
        if (entry == null || entry.value() instanceof Nothing) {
            return items;
        }
        if (!(entry.value() instanceof Sequence sequence)) {
            complain(key, path(key) + " is " + entry.value().kind() + "; expected a list");
            return items;
        }
        for (Tree item : sequence.items()) {
            String place = path(key) + "[" + items.size() + "]";
            if (item instanceof Branch below) {
                items.add(new Section(place, below, references, complaints));
            } else {
                complaints.add(item.origin(), place + " is " + item.kind() + "; expected keys and values");
            }
        }
        return items;
    }

    /** @param otherwise may be null */
    Integer integer(String key, Integer otherwise, Between<Integer> range) {
        return read(key, text -> within(range, Integer.valueOf(matching(text, WHOLE))), "a whole number from " + range)
                .orElse(otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return read(key, text -> Boolean.valueOf(matching(text, FLAG)), "true or false")
                .orElse(otherwise);
    }

    Duration duration(String key, Duration otherwise, Between<Duration> range) {
        return read(
                        key,
                        text -> within(range, Durations.parse(text)),
                        "a duration from " + range + ", with its unit, as 30s or 15m")
                .orElse(otherwise);
    }

    DataSize size(String key, DataSize otherwise, Between<DataSize> range) {
        return read(key, text -> within(range, DataSize.parse(text)), "a size from " + range + ", with its unit")
                .orElse(otherwise);
    }

    /** Absolute; what is relative is so to {@code home}. */
    Path path(String key, String otherwise, Path home) {
        Path fallback = home.resolve(otherwise);
        return read(key, home::resolve, "a path").orElse(fallback);
    }

    /** The value as JSON, references resolved; empty if there is none. */
    Optional<JsonNode> json(String key) {
        Entry entry = branch.entries().get(key);
        return entry == null || entry.value() instanceof Nothing ? Optional.empty() : Optional.of(json(entry.value()));
    }

    /** Complains about the value under this key. */
    void complain(String key, String what) {
        Entry entry = branch.entries().get(key);
        complaints.add(entry == null ? branch.origin() : entry.value().origin(), what);
    }

    /** Complains about the key itself, which is there. */
    void complainOfKey(String key, String what) {
        complaints.add(branch.entries().get(key).key(), what);
    }

    /** Complains about what lies under this key at the path, as far as the path leads. */
    void complain(String key, List<String> path, String what) {
        Entry at = branch.entries().get(key);
        for (String part : path) {
            Entry below = at.value() instanceof Branch inner ? named(inner, part) : null;
            if (below == null) {
                break;
            }
            at = below;
        }
        complaints.add(at.key(), what);
    }

    private static Entry named(Branch branch, String key) {
        Entry exact = branch.entries().get(key);
        return exact != null ? exact : branch.entries().get(key.replace('-', '_'));
    }

    String path(String key) {
        return name.isEmpty() || key.isEmpty() ? name + key : name + "." + key;
    }

    <T> Optional<T> read(String key, Function<String, T> parse, String expected) {
        Entry entry = branch.entries().get(key);
        if (entry == null || entry.value() instanceof Nothing) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof Leaf leaf)) {
            complain(key, path(key) + " is " + entry.value().kind() + "; expected " + expected);
            return Optional.empty();
        }
        return resolved(key, leaf).flatMap(text -> parsed(key, leaf, text, parse, expected));
    }

    private <T> Optional<T> parsed(String key, Leaf leaf, String text, Function<String, T> parse, String expected) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException refused) {
            // the text as written: what a reference stands for may be a secret
            complain(key, path(key) + " is '" + DatabaseConfig.masked(leaf.text()) + "'; expected " + expected);
            return Optional.empty();
        }
    }

    private Optional<String> resolved(String key, Leaf leaf) {
        try {
            return Optional.of(references.resolve(leaf.text()));
        } catch (IllegalArgumentException missing) {
            complaints.add(leaf.origin(), path(key) + ": " + missing.getMessage());
            return Optional.empty();
        }
    }

    private JsonNode json(Tree tree) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (tree instanceof Branch below) {
            ObjectNode object = nodes.objectNode();
            below.entries().forEach((key, entry) -> {
                if (!(entry.value() instanceof Nothing)) {
                    object.set(key, json(entry.value()));
                }
            });
            return object;
        }
        if (tree instanceof Sequence sequence) {
            ArrayNode array = nodes.arrayNode();
            sequence.items().forEach(item -> array.add(json(item)));
            return array;
        }
        if (tree instanceof Leaf leaf) {
            String text = resolved("", leaf).orElse("");
            return leaf.plain() || !text.equals(leaf.text()) ? scalar(nodes, text) : nodes.textNode(text);
        }
        return nodes.nullNode();
    }

    private static JsonNode scalar(JsonNodeFactory nodes, String text) {
        if (text.equals("true") || text.equals("false")) {
            return nodes.booleanNode(Boolean.parseBoolean(text));
        }
        if (WHOLE.matcher(text).matches()) {
            BigInteger number = new BigInteger(text);
            return number.bitLength() < Integer.SIZE
                    ? nodes.numberNode(number.intValue())
                    : nodes.numberNode(number.longValue());
        }
        return DECIMAL.matcher(text).matches() ? nodes.numberNode(new BigDecimal(text)) : nodes.textNode(text);
    }

    private static String matching(String text, Pattern form) {
        if (!form.matcher(text).matches()) {
            throw new IllegalArgumentException("not of the form");
        }
        return text;
    }

    private static <T extends Comparable<T>> T within(Between<T> range, T value) {
        if (!range.holds(value)) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }
}
