package io.requartz.failure;

import java.util.List;

/**
 * Writes the stack traces of a chain of causes as the JDK does, but within bounds, and without calling a stranger's
 * {@code toString} or {@code printStackTrace}. The root cause is what people look for, so of a long chain the middle is left out,
 * and each trace gets its share of the frames.
 */
final class StackText {

    private static final int CHARS = 16 * 1024;
    private static final int FRAMES = 160;
    private static final int FEWEST_FRAMES = 8;
    private static final int ENDS = 8;
    private static final int HEADING_CHARS = 500;

    private final StringBuilder text = new StringBuilder(2_048);
    private final int framesEach;

    private StackText(int traces) {
        framesEach = Math.max(FEWEST_FRAMES, FRAMES / Math.max(1, traces));
    }

    /**
     * @param thrown the chain, from the outside in
     * @param links the same exceptions, read
     */
    static String of(List<Throwable> thrown, List<Link> links) {
        StackText text = new StackText(Math.min(thrown.size(), 2 * ENDS));
        StackTraceElement[] enclosing = {};
        for (int i = 0; i < thrown.size(); i++) {
            boolean leftOut = i >= ENDS && i < thrown.size() - ENDS;
            if (!leftOut) {
                enclosing = text.write(thrown.get(i), links.get(i), i > 0, enclosing);
            } else if (i == ENDS) {
                text.line("... " + (thrown.size() - 2 * ENDS) + " causes left out");
            }
        }
        return text.text.toString();
    }

    private StackTraceElement[] write(Throwable thrown, Link link, boolean cause, StackTraceElement[] enclosing) {
        line((cause ? "Caused by: " : "") + SafeText.chars(link.text(), HEADING_CHARS));
        StackTraceElement[] frames = CauseChain.asked(thrown::getStackTrace, null);
        if (frames == null) {
            return enclosing;
        }
        int own = frames.length - inCommon(frames, enclosing);
        int written = Math.min(own, framesEach);
        for (int i = 0; i < written; i++) {
            line("\tat " + frames[i]);
        }
        if (written < frames.length) {
            line("\t... " + (frames.length - written) + " more");
        }
        return frames;
    }

    /** How many frames both end with. */
    private static int inCommon(StackTraceElement[] frames, StackTraceElement[] enclosing) {
        int common = 0;
        while (common < Math.min(frames.length, enclosing.length)) {
            StackTraceElement frame = frames[frames.length - 1 - common];
            if (frame == null || !frame.equals(enclosing[enclosing.length - 1 - common])) {
                break;
            }
            common++;
        }
        return common;
    }

    private void line(String line) {
        if (text.length() < CHARS) {
            text.append(line).append('\n');
        }
    }
}
