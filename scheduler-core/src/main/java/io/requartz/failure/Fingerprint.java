package io.requartz.failure;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Tells failures that are alike: the same category, exception and message but for its numbers, ids, dates and quoted words. Dead
 * letters are grouped by it. It is stored, so changing the rules regroups only what fails from then on.
 */
public final class Fingerprint {

    /** A message counts up to here once it is normalized, so that where a long one was cut makes no difference. */
    private static final int COUNTED_CHARS = 300;

    private static final int HASH_BYTES = 8;

    private static final Pattern GENERATED_CLASS = Pattern.compile("\\$\\$.*|/0x.*|@.*", Pattern.DOTALL);
    private static final Pattern QUOTED =
            Pattern.compile("\"[^\"]{0,500}\"|`[^`]{0,500}`|(?<![\\p{L}\\p{N}])'[^']{0,500}'(?![\\p{L}\\p{N}])");
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}"
            + "(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?: ?Z|[+-]\\d{2}:?\\d{2})?(?:\\[[\\w/+-]{1,40}])?)?");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}"
            + "|[\\w.+-]{1,64}@[\\w-]{1,64}(?:\\.[\\w-]{1,64}){0,5}"
            + "|\\b[0-9a-fA-F]{8,}\\b");
    private static final Pattern SIGN = Pattern.compile("(?<![\\p{L}\\p{N}])[-+](?=\\p{N})");
    private static final Pattern NUMBER =
            Pattern.compile("(?<![\\p{L}\\p{N}])\\p{L}*+\\p{N}[\\p{L}\\p{N}]*+(?:[.,]\\p{N}[\\p{L}\\p{N}]*+)*+");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private Fingerprint() {}

    /** 16 hexadecimal digits; the same in every JVM. */
    public static String of(Failure failure) {
        String alike = failure.category().name() + '\n' + exception(failure) + '\n' + normalized(failure.message());
        byte[] hash = sha256().digest(alike.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
    }

    /** The message with a placeholder for everything that tells one case of it from another; empty if there is none. */
    public static String normalized(String message) {
        if (message == null) {
            return "";
        }
        String text = QUOTED.matcher(message).replaceAll("<text>");
        text = DATE.matcher(text).replaceAll("<date>");
        text = SIGN.matcher(text).replaceAll("");
        text = ID.matcher(text).replaceAll("<id>");
        text = NUMBER.matcher(text).replaceAll("<id>");
        text = SPACE.matcher(text).replaceAll(" ").strip();
        return SafeText.chars(text, COUNTED_CHARS);
    }

    private static String exception(Failure failure) {
        String name = failure.exceptionClass();
        return name == null ? "" : GENERATED_CLASS.matcher(name).replaceFirst("");
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
