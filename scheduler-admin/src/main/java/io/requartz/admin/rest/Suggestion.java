package io.requartz.admin.rest;

import java.util.Collection;
import java.util.Locale;

/** Guesses what a misspelt name was meant to be. */
final class Suggestion {

    private Suggestion() {}

    /** {@code "; did you mean 'state'?"}, or an empty text if nothing is near. */
    static String of(String given, Collection<String> known) {
        if (given.length() > 60) {
            return "";
        }
        String nearest = null;
        int least = Math.max(1, given.length() / 3) + 1;
        for (String name : known) {
            int distance = distance(normal(given), normal(name));
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /** Insertions, deletions, replacements, and swaps of neighbours. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
