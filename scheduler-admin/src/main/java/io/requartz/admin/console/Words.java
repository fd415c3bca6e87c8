package io.requartz.admin.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers, plurals and foreign texts in sentences. */
final class Words {

    private Words() {}

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** {@code 1 run}, {@code 3,041 runs}. */
    static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** {@code 1st}, {@code 2nd}, {@code 11th}. */
    static String ordinal(int number) {
        int last = number % 10;
        boolean teen = number % 100 / 10 == 1;
        return number + (teen || last == 0 || last > 3 ? "th" : last == 1 ? "st" : last == 2 ? "nd" : "rd");
    }

    /** A constant's name as a word: {@code not_retryable} is {@code not retryable}. */
    static String spaced(String label) {
        return label.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** A stranger's text on one line, cut, without characters that turn its direction. Null is empty. */
    static String line(@Nullable String text, int most) {
        if (text == null) {
            return "";
        }
        String joined = text.replaceAll("\\s+", " ").strip();
        return harmless(
                joined.codePointCount(0, joined.length()) > most
                        ? joined.substring(0, joined.offsetByCodePoints(0, most)) + "…"
                        : joined);
    }

    /** Without the invisible characters that make a text read otherwise than it is; line ends and tabs stay. */
    static String harmless(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            int kind = Character.getType(point);
            boolean layout = point == '\n' || point == '\t';
            boolean hidden = kind == Character.CONTROL || kind == Character.FORMAT || kind == Character.SURROGATE;
            clean.appendCodePoint(hidden && !layout ? '\ufffd' : point);
        });
        return clean.toString();
    }

    /** The part of an id that tells it from its neighbours: the end, for the beginning is the time. */
    static String shortId(String id) {
        return id.length() > 12 ? "…" + id.substring(id.length() - 12) : id;
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    static String query(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
