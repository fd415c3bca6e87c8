package io.requartz.failure;

/**
 * Text from outside, made fit for every database: NUL and lone surrogates become U+FFFD, and what is too long is cut between two
 * characters, never within a surrogate pair.
 */
public final class SafeText {

    private static final char REPLACEMENT = '\uFFFD';

    private SafeText() {}

    /**
     * The beginning of a text, measured in characters.
     *
     * @param text may be null
     * @param max UTF-16 units to keep at most
     * @return null if the text is null
     */
    public static String chars(String text, int max) {
        if (text == null) {
            return null;
        }
        return clean(text, cutAt(text, Math.min(text.length(), max)));
    }

    /**
     * The beginning of a text, measured in bytes.
     *
     * @param text may be null
     * @param max bytes to keep at most, as UTF-8
     * @return null if the text is null
     */
    public static String utf8(String text, int max) {
        if (text == null) {
            return null;
        }
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int codePoint = text.codePointAt(end);
            bytes += bytesOf(codePoint);
            if (bytes > max) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return clean(text, end);
    }

    private static int bytesOf(int codePoint) {
        if (codePoint == 0) {
            return 3; // it is going to be U+FFFD
        }
        return codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static int cutAt(String text, int end) {
        boolean splitsPair = end > 0
                && end < text.length()
                && Character.isHighSurrogate(text.charAt(end - 1))
                && Character.isLowSurrogate(text.charAt(end));
        return splitsPair ? end - 1 : end;
    }

    private static String clean(String text, int end) {
        int first = firstUnfit(text, 0, end);
        if (first == end) {
            return text.substring(0, end);
        }
        StringBuilder clean = new StringBuilder(end);
        int from = 0;
        for (int at = first; at < end; at = firstUnfit(text, from, end)) {
            clean.append(text, from, at).append(REPLACEMENT);
            from = at + 1;
        }
        return clean.append(text, from, end).toString();
    }

    /** Index of the first char that must be replaced, or {@code end}. */
    private static int firstUnfit(String text, int from, int end) {
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            if (c == 0 || Character.isLowSurrogate(c)) {
                return i;
            }
            if (Character.isHighSurrogate(c)) {
                if (i + 1 >= end || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
            i++;
        }
        return end;
    }
}
