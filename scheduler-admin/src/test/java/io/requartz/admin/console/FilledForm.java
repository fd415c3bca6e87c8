package io.requartz.admin.console;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser would send of a form as a page shows it. */
final class FilledForm {

    private static final Pattern FORM = Pattern.compile("(?s)<form [^>]*method=\"post\".*?</form>");
    private static final Pattern CONTROL =
            Pattern.compile("(?s)<input (?<input>[^>]*)>|<select (?<select>[^>]*)>(?<options>.*?)</select>"
                    + "|<textarea (?<area>[^>]*)>\n?(?<text>.*?)</textarea>");
    private static final Pattern CHOSEN = Pattern.compile("<option value=\"([^\"]*)\" selected");
    private static final Pattern FIRST = Pattern.compile("<option value=\"([^\"]*)\"");

    private FilledForm() {}

    static Map<String, String> largest(String page) {
        return FORM.matcher(page)
                .results()
                .map(form -> fields(form.group()))
                .max(Comparator.comparingInt(Map::size))
                .orElseThrow();
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher control = CONTROL.matcher(form);
        while (control.find()) {
            if (control.group("input") != null) {
                input(control.group("input"), fields);
            } else if (control.group("select") != null) {
                fields.put(attribute(control.group("select"), "name"), chosen(control.group("options")));
            } else {
                fields.put(attribute(control.group("area"), "name"), unescaped(control.group("text")));
            }
        }
        return fields;
    }

    private static void input(String attributes, Map<String, String> fields) {
        boolean choice = attributes.contains("type=\"radio\"") || attributes.contains("type=\"checkbox\"");
        if (!choice || attributes.contains(" checked")) {
            fields.put(attribute(attributes, "name"), attribute(attributes, "value"));
        }
    }

    private static String chosen(String options) {
        Matcher chosen = CHOSEN.matcher(options);
        Matcher first = FIRST.matcher(options);
        return chosen.find() ? unescaped(chosen.group(1)) : first.find() ? unescaped(first.group(1)) : "";
    }

    private static String attribute(String attributes, String name) {
        Matcher value = Pattern.compile("(?:^| )" + name + "=\"([^\"]*)\"").matcher(attributes);
        return value.find() ? unescaped(value.group(1)) : "";
    }

    private static String unescaped(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
