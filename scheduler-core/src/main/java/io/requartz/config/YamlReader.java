package io.requartz.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.requartz.config.Tree.Branch;
import io.requartz.config.Tree.Entry;
import io.requartz.config.Tree.Leaf;
import io.requartz.config.Tree.Nothing;
import io.requartz.config.Tree.Sequence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads YAML into a {@link Tree} with the place of every key and value. */
final class YamlReader {

    private static final YAMLFactory YAML = new YAMLFactory();
    /** What all aliases together may stand for: a text of a kilobyte could ask for a billion values else. */
    private static final int MOST_COPIED = 10_000;

    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9})");

    private final String source;
    private final boolean placed;
    private final Complaints complaints;
    private final Map<String, Tree> anchored = new HashMap<>();
    private int copied;
    private YAMLParser parser;

    private YamlReader(String source, boolean placed, Complaints complaints) {
        this.source = source;
        this.placed = placed;
        this.complaints = complaints;
    }

    /** A whole document; an empty section if it is empty or is not YAML, which is complained about. */
    static Tree.Branch document(String text, String source, Complaints complaints) {
        Tree tree = new YamlReader(source, true, complaints).read(text);
        if (tree instanceof Branch branch) {
            return branch;
        }
        if (!(tree instanceof Nothing)) {
            complaints.add(tree.origin(), "the file holds " + tree.kind() + "; expected sections such as 'database:'");
        }
        return Branch.empty(tree.origin());
    }

    /** One value as it is given on a command line: <code>{fixed: {delay: 2s}}</code>, {@code [a, b]} or a plain text. */
    static Tree value(String text, Origin origin, Complaints complaints) {
        String trimmed = text.strip();
        if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
            return new YamlReader(origin.source(), false, complaints).read(trimmed);
        }
        return new Leaf(origin, text, true);
    }

    private Tree read(String text) {
        try (YAMLParser opened = YAML.createParser(text)) {
            parser = opened;
            if (parser.nextToken() == null) {
                return new Nothing(Origin.of(source));
            }
            Tree tree = tree();
            if (parser.nextToken() != null) {
                complaints.add(here(), "a second document begins here; expected one");
            }
            return tree;
        } catch (JacksonException notYaml) {
            complaints.add(place(notYaml), "this is not YAML: " + inOneLine(notYaml.getOriginalMessage()));
        } catch (IOException unreadable) {
            complaints.add(Origin.of(source), "cannot be read: " + unreadable.getMessage());
        }
        return new Nothing(Origin.of(source));
    }

    private Tree tree() throws IOException {
        Origin at = here();
        if (parser.isCurrentAlias()) {
            return alias(at, parser.getText());
        }
        String anchor = parser.getObjectId();
        Tree tree = unnamed(at);
        if (anchor != null) {
            anchored.put(anchor, tree);
        }
        return tree;
    }

    private Tree unnamed(Origin at) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> branch(at);
            case START_ARRAY -> sequence(at);
            case VALUE_NULL -> new Nothing(at);
            case VALUE_STRING -> new Leaf(at, parser.getText(), false);
            default -> new Leaf(at, parser.getText(), true);
        };
    }

    /** What was written at the anchor, copied: settings that are laid over one of the places must not show in the others. */
    private Tree alias(Origin at, String name) {
        Tree named = anchored.get(name);
        if (named == null) {
            complaints.add(
                    at,
                    "*" + name + " stands for nothing; expected &" + name + " before it, at a value that is complete");
            return new Nothing(at);
        }
        Tree copy = copy(named);
        if (copied > MOST_COPIED) {
            complaints.add(
                    at, "aliases (*name) stand for more than " + MOST_COPIED + " values; write them in another way");
            return new Nothing(at);
        }
        return copy;
    }

    private Tree copy(Tree tree) {
        if (++copied > MOST_COPIED) {
            return tree;
        }
        if (tree instanceof Branch branch) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            branch.entries().forEach((key, entry) -> entries.put(key, new Entry(entry.key(), copy(entry.value()))));
            return new Branch(branch.origin(), entries);
        }
        if (tree instanceof Sequence sequence) {
            return new Sequence(
                    sequence.origin(), sequence.items().stream().map(this::copy).toList());
        }
        return tree;
    }

    private Branch branch(Origin at) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            Origin place = here();
            parser.nextToken();
            Tree value = tree();
            Entry before = entries.putIfAbsent(key, new Entry(place, value));
            if (before != null) {
                complaints.add(
                        place,
                        "'" + key + "' is here twice; first in line "
                                + before.key().line());
            }
        }
        return new Branch(at, entries);
    }

    private Sequence sequence(Origin at) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(tree());
        }
        return new Sequence(at, items);
    }

    private Origin here() {
        return origin(parser.currentTokenLocation());
    }

    private Origin origin(JsonLocation location) {
        return placed ? new Origin(source, location.getLineNr(), location.getColumnNr()) : Origin.of(source);
    }

    /** The exception's own location may be where the damaged part begins; its message ends with where the damage is. */
    private Origin place(JacksonException notYaml) {
        Matcher place = PLACE.matcher(notYaml.getOriginalMessage());
        Origin at = Origin.of(source);
        while (placed && place.find()) {
            at = new Origin(source, Integer.parseInt(place.group(1)), Integer.parseInt(place.group(2)));
        }
        return at;
    }

    /** Without the excerpts of the text, which are indented. */
    private static String inOneLine(String message) {
        return message.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
    }
}
