package io.requartz.scope;

import io.requartz.failure.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with names in braces: {@code {restaurant_name} on {platform}}. What it makes is one line, whatever the values are. */
final class Template {

    private static final Pattern NAMED = Pattern.compile("\\{([A-Za-z0-9_.-]{1,100})}");
    private static final String NOTHING = "?";

    private Template() {}

    /** The names in braces, in their order. */
    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (Matcher named = NAMED.matcher(text); named.find(); ) {
            names.add(named.group(1));
        }
        return names;
    }

    /**
     * @param values null for a name that has none; a question mark stands there then
     * @param longest characters that are kept
     */
    static String fill(String text, Function<String, String> values, int longest) {
        StringBuilder filled = new StringBuilder();
        Matcher named = NAMED.matcher(text);
        while (named.find()) {
            String value = values.apply(named.group(1));
            named.appendReplacement(filled, Matcher.quoteReplacement(value == null ? NOTHING : value));
        }
        named.appendTail(filled);
        return SafeText.chars(filled.toString().replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " "), longest);
    }
}
