package io.requartz.testdb;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One execution of a statement.
 *
 * @param times how many sets of parameters it was given; more than 1 in a batch
 */
public record SentStatement(String sql, int times) {

    private static final Pattern TABLE = Pattern.compile("\\b(?:FROM|INTO|UPDATE)\\s+(\\w+)", Pattern.CASE_INSENSITIVE);

    private static final Pattern INTO = Pattern.compile("\\bINTO\\s+(\\w+)");

    /**
     * The verb, the first table and the lock it asks for: {@code SELECT RQ_RUNS FOR UPDATE}; of a batch {@code INSERT RQ_RUNS x20}; of
     * several inserts in one statement all tables.
     */
    public String shape() {
        String text = sql.strip().toUpperCase(Locale.ROOT).replaceFirst("JSON_TABLE\\(.*\\) V STRAIGHT_JOIN ", "");
        if (text.startsWith("WITH")) {
            return INTO.matcher(text)
                    .results()
                    .map(into -> into.group(1))
                    .collect(Collectors.joining(", ", "INSERT ", ""));
        }
        String verb = text.replaceFirst("^\\(", "").split("\\s", 2)[0];
        Matcher table = TABLE.matcher(text);
        String lock = "";
        if (text.contains("SKIP LOCKED")) {
            lock = " SKIP LOCKED";
        } else if (text.contains("FOR UPDATE")) {
            lock = " FOR UPDATE";
        } else if (text.contains("FOR SHARE") || text.contains("LOCK IN SHARE MODE")) {
            lock = " FOR SHARE";
        }
        return verb + " " + (table.find() ? table.group(1) : "?") + lock + (times == 1 ? "" : " x" + times);
    }

    /** Whether it changes rows, or locks them, which PostgreSQL writes to its log as well. */
    public boolean writes() {
        String shape = shape();
        return !shape.startsWith("SELECT") || shape.contains(" FOR ") || shape.endsWith("SKIP LOCKED");
    }
}
