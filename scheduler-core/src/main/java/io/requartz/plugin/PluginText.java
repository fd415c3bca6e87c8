package io.requartz.plugin;

/**
 * Text that a jar's maker chose (names of files, classes, annotations) and that ends up in logs, the database and the console.
 */
final class PluginText {

    private static final int LINE = 1_000;

    private PluginText() {}

    /** One line without control characters, at most 1,000 characters. */
    static String line(String text) {
        return cut(text, LINE, false);
    }

    /** At most {@code limit} characters, cut between code points; NUL and lone surrogates, which databases refuse, replaced. */
    static String cut(String text, int limit) {
        return cut(text, limit, true);
    }

    private static String cut(String text, int limit, boolean keepLineBreaks) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), limit));
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            int width = Character.charCount(point);
            if (kept.length() + width > limit - 1 && at + width < text.length()) {
                return kept.append('…').toString();
            }
            kept.appendCodePoint(printable(point, keepLineBreaks) ? point : 0xFFFD);
            at += width;
        }
        return kept.toString();
    }

    private static boolean printable(int point, boolean keepLineBreaks) {
        if (keepLineBreaks && (point == '\n' || point == '\t')) {
            return true;
        }
        int type = Character.getType(point);
        return type != Character.CONTROL
                && type != Character.SURROGATE
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
