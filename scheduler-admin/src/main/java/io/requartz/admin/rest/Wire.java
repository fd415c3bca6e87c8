package io.requartz.admin.rest;

import io.requartz.api.ErrorCategory;
import io.requartz.problem.Problem;
import io.requartz.problem.Spelling;
import io.requartz.time.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** The forms of single values in requests: times, durations, names, ids. */
public final class Wire {

    private static final Pattern RUN_ID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,9})?");
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Wire() {}

    /** A value from outside for a message: short, quoted, without characters that act on a terminal or break a line. */
    public static String quoted(String text) {
        return "'" + cleaned(text, 80) + "'";
    }

    /** On one line, without control and bidirectional characters and lone surrogates; cut to {@code most} characters. */
    public static String cleaned(String text, int most) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), most) + 16);
        int shown = 0;
        for (int i = 0; i < text.length() && shown < most; shown++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int kind = Character.getType(c);
            if (kind == Character.CONTROL
                    || kind == Character.FORMAT
                    || kind == Character.SURROGATE
                    || kind == Character.LINE_SEPARATOR
                    || kind == Character.PARAGRAPH_SEPARATOR) {
                clean.append(String.format(Locale.ROOT, c > 0xffff ? "\\u{%x}" : "\\u%04x", c));
            } else {
                clean.appendCodePoint(c);
            }
        }
        return text.codePointCount(0, text.length()) > most ? clean + "..." : clean.toString();
    }

    public static Instant instant(String text) throws WrongValue {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (!instant.isBefore(EARLIEST) && !instant.isAfter(LATEST)) {
                return instant;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new WrongValue(quoted(text) + " is not a time; expected ISO 8601 with a zone, as in 2026-01-15T14:00:00Z"
                + (text.indexOf(' ') > 0 ? " (in a query a '+' must be written as %2B)" : ""));
    }

    /** {@code 30s}, {@code 1h}, or a plain number of seconds. */
    static Duration duration(String text) throws WrongValue {
        try {
            Duration duration =
                    SECONDS.matcher(text).matches() ? Duration.parse("PT" + text + "S") : Durations.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
            // told below
        }
        throw new WrongValue(
                quoted(text) + " is not a duration; expected 500ms, 30s, 15m, 2h, 1d or a number of seconds,"
                        + " at most " + LONGEST.toDays() + "d");
    }

    public static WrongValue.Form<Integer> integer(int least, int most) {
        return text -> {
            if (INTEGER.matcher(text).matches()) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw new WrongValue(
                    quoted(text) + " is not allowed; expected a whole number from " + least + " to " + most);
        };
    }

    /** A number that the platform gave, as a scope's. */
    static Long number(String text) throws WrongValue {
        if (!NUMBER.matcher(text).matches()) {
            throw new WrongValue(quoted(text) + " is not a number that anything here has; expected digits");
        }
        return Long.valueOf(text);
    }

    static Boolean flag(String text) throws WrongValue {
        return switch (text) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new WrongValue(quoted(text) + " is neither true nor false");
        };
    }

    /** One of an enum's constants, in upper or lower case. */
    public static <E extends Enum<E>> WrongValue.Form<E> oneOf(Class<E> type, boolean lowerCase) {
        return text -> {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            Locale root = Locale.ROOT;
            var names = Arrays.stream(type.getEnumConstants())
                    .map(constant -> lowerCase ? constant.name().toLowerCase(root) : constant.name())
                    .toList();
            throw new WrongValue(quoted(text) + " is unknown; expected one of " + String.join(", ", names)
                    + Spelling.hint(text, names));
        };
    }

    public static ErrorCategory category(String text) throws WrongValue {
        try {
            return new ErrorCategory(text);
        } catch (IllegalArgumentException e) {
            throw new WrongValue(
                    quoted(text) + " is not an error category; expected a name like timeout or rate_limit");
        }
    }

    /** Text of one line: a name, a key, a tag. */
    public static WrongValue.Form<String> line(int most) {
        return text -> {
            requireLength(text, most);
            for (int i = 0; i < text.length(); i++) {
                if (Character.isISOControl(text.charAt(i)) || loneSurrogate(text, i)) {
                    throw new WrongValue(quoted(text) + " has a control character; expected plain text on one line");
                }
            }
            return text;
        };
    }

    /** Text of one or more lines: a note. */
    public static WrongValue.Form<String> prose(int most) {
        return text -> {
            requireLength(text, most);
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean layout = c == '\n' || c == '\r' || c == '\t';
                if ((Character.isISOControl(c) && !layout) || loneSurrogate(text, i)) {
                    throw new WrongValue(quoted(text) + " has a control character; expected plain text");
                }
            }
            return text;
        };
    }

    /** @throws Problem if it cannot be a run's id */
    public static String runId(String text) {
        if (!RUN_ID.matcher(text).matches()) {
            throw Problem.invalid(
                    quoted(text) + " is not a run id; expected a UUID, as in 01890a5d-ac96-774b-bcce-b302099a8057",
                    "GET /api/v1/runs lists runs with their ids.");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** As {@link #runId}, for one of several. */
    public static String runIdText(String text) throws WrongValue {
        if (!RUN_ID.matcher(text).matches()) {
            throw new WrongValue(quoted(text) + " is not a run id; expected a UUID");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    static boolean loneSurrogate(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static void requireLength(String text, int most) throws WrongValue {
        if (text.isBlank()) {
            throw new WrongValue("it is empty; leave it out, or give it a value");
        }
        if (text.length() > most) {
            throw new WrongValue(quoted(text) + " has " + text.length() + " characters; expected at most " + most);
        }
    }
}
