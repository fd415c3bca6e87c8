package io.requartz.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written with its unit: {@code 64KiB}, {@code 1MiB}. */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(B|KiB|MiB|GiB)", Pattern.CASE_INSENSITIVE);

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be negative: " + bytes);
        }
    }

    public static DataSize kibibytes(long count) {
        return new DataSize(Math.multiplyExact(count, 1024));
    }

    public static DataSize mebibytes(long count) {
        return kibibytes(Math.multiplyExact(count, 1024));
    }

    /**
     * Reads a size.
     *
     * @throws IllegalArgumentException if the text is not a number with the unit B, KiB, MiB or GiB
     */
    public static DataSize parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not a size; write a number and B, KiB, MiB or GiB, as in 1MiB");
        }
        long count = Long.parseLong(form.group(1));
        return switch (form.group(2).toLowerCase(Locale.ROOT)) {
            case "b" -> new DataSize(count);
            case "kib" -> kibibytes(count);
            case "mib" -> mebibytes(count);
            default -> mebibytes(Math.multiplyExact(count, 1024));
        };
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** In the largest unit that has no remainder; {@link #parse} reads it back. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        long count = bytes;
        int unit = 0;
        while (count > 0 && count % 1024 == 0 && unit < units.length - 1) {
            count /= 1024;
            unit++;
        }
        return count + units[unit];
    }
}
