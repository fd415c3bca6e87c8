package io.requartz.retry;

import java.util.Collection;

/** Finds what was probably meant. */
public final class Nearest {

    private Nearest() {}

    /** {@code "; did you mean x?"}, or nothing if no candidate is near. */
    public static String hint(String came, Collection<String> candidates) {
        String best = null;
        int least = came.length() / 3 + 2;
        for (String candidate : candidates) {
            int distance = distance(came, candidate, least);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best == null ? "" : "; did you mean " + best + "?";
    }

    /** Levenshtein's, or some number not below the limit. */
    private static int distance(String came, String candidate, int limit) {
        if (Math.abs(came.length() - candidate.length()) >= limit) {
            return limit;
        }
        int[] row = new int[candidate.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= came.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (came.charAt(i - 1) == candidate.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[candidate.length()];
    }
}
