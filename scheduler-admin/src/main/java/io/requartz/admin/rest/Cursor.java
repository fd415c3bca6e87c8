package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A list's cursor on the wire: opaque, and made of characters that need no escaping in a query. */
public final class Cursor {

    private static final Pattern INSIDE = Pattern.compile("[!-~]{1,200}");

    private Cursor() {}

    public static @Nullable String write(@Nullable String cursor) {
        return cursor == null
                ? null
                : Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(US_ASCII));
    }

    public static String read(String text) throws WrongValue {
        try {
            String cursor = new String(Base64.getUrlDecoder().decode(text), US_ASCII);
            if (INSIDE.matcher(cursor).matches()) {
                return cursor;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw new WrongValue(Wire.quoted(text) + " is no cursor; expected 'next' of the part before, as it came");
    }
}
