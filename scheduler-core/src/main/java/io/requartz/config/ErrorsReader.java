package io.requartz.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.api.ErrorCategory;
import io.requartz.failure.DeclaredCategories;
import io.requartz.failure.ErrorCategories;
import io.requartz.failure.ErrorRule;
import io.requartz.problem.Spelling;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Reads {@code errors:}; an instance reads once. */
final class ErrorsReader {

    private static final String CATEGORY = "category";
    private static final String HTTP_STATUS = "http-status";
    private static final List<String> RULE =
            List.of(CATEGORY, "type", "exception", "message", HTTP_STATUS, "sql-state", "vendor-code", "exit-code");
    private static final Pattern STATUS = Pattern.compile("([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?|([1-5])xx");
    private static final Pattern SQL_STATE = Pattern.compile("[0-9A-Z]{1,5}");
    private static final Between<Integer> CODE = Between.of(-1_000_000_000, 1_000_000_000);
    private static final Between<Integer> EXIT = Between.of(0, 255);

    private final Map<ErrorCategory, Boolean> own = new LinkedHashMap<>();
    private final Map<String, ErrorCategory> aliases = new LinkedHashMap<>();

    ErrorsConfig read(Section in) {
        Section categories = in.section("categories");
        categories.entries().keySet().forEach(name -> category(categories, name));
        Section others = in.section("aliases");
        others.entries().keySet().forEach(name -> alias(others, name));
        List<ErrorRule> rules = new ArrayList<>();
        for (Section each : in.items("rules")) {
            rule(each.knows(RULE), rules);
        }
        return new ErrorsConfig(own, aliases, rules);
    }

    private void category(Section in, String name) {
        Boolean temporary = in.read(name, ErrorsReader::temporary, "temporary or persistent")
                .orElse(null);
        ErrorCategory category = newName(in, name);
        if (category != null && temporary != null) {
            own.put(category, temporary);
        }
    }

    private static Boolean temporary(String text) {
        if (!text.equals("temporary") && !text.equals("persistent")) {
            throw new IllegalArgumentException("neither");
        }
        return text.equals("temporary");
    }

    private void alias(Section in, String name) {
        ErrorCategory meant = in.read(name, this::known, expected()).orElse(null);
        if (newName(in, name) != null && meant != null) {
            aliases.put(name, meant);
        }
    }

    /** Null, with a complaint, if nothing new can be called so. */
    private ErrorCategory newName(Section in, String name) {
        try {
            ErrorCategory category = new ErrorCategory(name);
            if (ErrorCategories.shipped().contains(category) || own.containsKey(category)) {
                throw new IllegalArgumentException("there is a category of this name");
            }
            return category;
        } catch (IllegalArgumentException refused) {
            in.complain(name, "'" + name + "' cannot be declared: " + refused.getMessage());
            return null;
        }
    }

    private ErrorCategory known(String name) {
        return declared().find(name).orElseThrow(() -> new IllegalArgumentException("not a category"));
    }

    private DeclaredCategories declared() {
        return new DeclaredCategories(own, aliases);
    }

    private String expected() {
        return "an error category: " + String.join(", ", declared().names());
    }

    private void rule(Section in, List<ErrorRule> rules) {
        String named = in.text(CATEGORY, null);
        ErrorCategory category = named == null ? null : declared().find(named).orElse(null);
        if (category == null) {
            in.complain(
                    CATEGORY,
                    in.path(CATEGORY) + " is " + (named == null ? "missing" : "'" + named + "'")
                            + "; expected an error category"
                            + Spelling.hintOrAll(
                                    named == null ? "" : named, declared().names()));
            return;
        }
        try {
            rules.add(new ErrorRule(
                    category,
                    in.text("type", null),
                    in.text("exception", null),
                    in.text("message", null),
                    statuses(in),
                    in.text("sql-state", null, SQL_STATE, "the 1 to 5 first characters of an SQLSTATE"),
                    in.integer("vendor-code", null, CODE),
                    in.integer("exit-code", null, EXIT)));
        } catch (PatternSyntaxException bad) {
            in.complain(
                    "message",
                    in.path("message") + " is not a regular expression: " + bad.getDescription() + " at character "
                            + (bad.getIndex() + 1));
        } catch (IllegalArgumentException refused) {
            // without any condition because those that were written are wrong: that was told
            if (in.entries().size() == 1 || category.equals(ErrorCategory.NODE_LOST)) {
                in.complain("", in.path("") + ": " + refused.getMessage());
            }
        }
    }

    private static List<ErrorRule.Statuses> statuses(Section in) {
        List<ErrorRule.Statuses> statuses = new ArrayList<>();
        in.json(HTTP_STATUS).ifPresent(written -> {
            List<JsonNode> all = new ArrayList<>();
            if (written.isArray()) {
                written.forEach(all::add);
            } else {
                all.add(written);
            }
            for (JsonNode each : all) {
                Matcher status = STATUS.matcher(each.asText());
                if (!status.matches()) {
                    in.complain(
                            HTTP_STATUS,
                            in.path(HTTP_STATUS) + " has " + each + "; expected statuses, as in [418, 520-529, 5xx]");
                    return;
                }
                statuses.add(range(status));
            }
        });
        return statuses;
    }

    private static ErrorRule.Statuses range(Matcher status) {
        if (status.group(3) != null) {
            int hundred = Integer.parseInt(status.group(3)) * 100;
            return new ErrorRule.Statuses(hundred, hundred + 99);
        }
        int from = Integer.parseInt(status.group(1));
        return new ErrorRule.Statuses(from, status.group(2) == null ? from : Integer.parseInt(status.group(2)));
    }
}
