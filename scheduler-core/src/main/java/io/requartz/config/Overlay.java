package io.requartz.config;

import io.requartz.config.Tree.Branch;
import io.requartz.config.Tree.Entry;
import io.requartz.config.Tree.Nothing;
import io.requartz.problem.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts settings of the environment and of {@code --set} options over those of the file. */
final class Overlay {

    private static final String PREFIX = "REQUARTZ_";

    // A part of a path may be quoted, because names of job types may hold dots.
    private static final Pattern PART = Pattern.compile("\\G(?:\"([^\"]+)\"|([^.\"]+))(?:\\.(?=.)|$)");

    private final Branch root;
    private final Complaints complaints;

    Overlay(Branch root, Complaints complaints) {
        this.root = root;
        this.complaints = complaints;
    }

    /** Puts one file's settings over those of another: section over section, anything else replaces what was there. */
    static void lay(Branch over, Branch under) {
        over.entries().forEach((key, entry) -> {
            Entry before = under.entries().get(key);
            if (before != null && before.value() instanceof Branch below && entry.value() instanceof Branch above) {
                lay(above, below);
            } else {
                under.entries().put(key, entry);
            }
        });
    }

    /** {@code REQUARTZ_DATABASE_URL} is {@code database.url}. An empty one is as if it were not set. */
    void environment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !value.isEmpty()) {
                variable(name, name.substring(PREFIX.length()), value);
            }
        });
    }

    private void variable(String name, String rest, String value) {
        Origin origin = Origin.of("environment " + name);
        if (rest.startsWith("TYPES_")) {
            complaints.add(
                    origin,
                    "settings of job types are not read from the environment; use the file or --set types.NAME.KEY=VALUE");
            return;
        }
        if (rest.startsWith("RETRY_")) {
            put(List.of(Keys.RETRY, kebab(rest.substring("RETRY_".length()))), value, origin);
            return;
        }
        for (Map.Entry<String, List<String>> area : Keys.AREAS.entrySet()) {
            if (rest.startsWith(snake(area.getKey()) + "_")) {
                String key = kebab(rest.substring(area.getKey().length() + 1));
                if (area.getValue().contains(key)) {
                    put(List.of(area.getKey(), key), value, origin);
                } else {
                    List<String> known = area.getValue().stream()
                            .map(each -> PREFIX + snake(area.getKey()) + "_" + snake(each))
                            .toList();
                    complaints.add(origin, "there is no such setting" + Spelling.hintOrAll(name, known));
                }
            }
        }
    }

    /** {@code database.url=jdbc:...}, one option an element. */
    void options(List<String> options) {
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                complaints.add(Origin.of("--set " + option), "expected KEY=VALUE, as in --set workers.threads=20");
                continue;
            }
            String key = option.substring(0, equals).strip();
            Origin origin = Origin.of("--set " + key);
            List<String> path = parts(key);
            if (path.isEmpty()) {
                complaints.add(
                        origin, "'" + key + "' is not a key; expected names with dots between, as in workers.threads");
            } else {
                put(path, option.substring(equals + 1), origin);
            }
        }
    }

    private static List<String> parts(String key) {
        List<String> parts = new ArrayList<>();
        Matcher part = PART.matcher(key);
        int end = 0;
        while (part.find()) {
            parts.add(part.group(1) == null ? part.group(2) : part.group(1));
            end = part.end();
        }
        return end == key.length() ? parts : List.of();
    }

    private void put(List<String> path, String value, Origin origin) {
        Branch branch = root;
        for (String part : path.subList(0, path.size() - 1)) {
            Entry entry = branch.entries().get(part);
            Tree before = entry == null ? new Nothing(origin) : entry.value();
            if (before instanceof Branch below) {
                branch = below;
                continue;
            }
            if (!(before instanceof Nothing)) {
                complaints.add(
                        before.origin(), part + " is " + before.kind() + "; expected a section with keys under it");
            }
            Branch below = Branch.empty(origin);
            branch.entries().put(part, new Entry(origin, below));
            branch = below;
        }
        branch.entries().put(path.get(path.size() - 1), new Entry(origin, YamlReader.value(value, origin, complaints)));
    }

    private static String snake(String key) {
        return key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static String kebab(String variable) {
        return variable.replace('_', '-').toLowerCase(Locale.ROOT);
    }
}
