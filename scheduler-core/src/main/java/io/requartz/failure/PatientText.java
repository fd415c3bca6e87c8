package io.requartz.failure;

import java.util.regex.Pattern;

/**
 * A text that loses its patience with a regular expression. Some expressions take years over some texts, and the text is a
 * stranger's; whoever reads it a million times has found nothing.
 */
final class PatientText implements CharSequence {

    private static final int READS = 1_000_000;

    private final CharSequence text;
    private final int[] left;

    private PatientText(CharSequence text, int[] left) {
        this.text = text;
        this.left = left;
    }

    static boolean finds(Pattern pattern, String text) {
        try {
            return pattern.matcher(new PatientText(text, new int[] {READS})).find();
        } catch (Impatience | StackOverflowError tooLong) {
            return false;
        }
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new Impatience();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new PatientText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static final class Impatience extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Impatience() {
            super(null, null, false, false);
        }
    }
}
