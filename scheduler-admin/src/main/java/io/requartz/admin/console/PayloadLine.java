package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.run.PayloadDifference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a person changed in a payload.
 *
 * @param added whether it is there now; else it was there before
 * @param place where in the payload: {@code items.3.price}
 */
record PayloadLine(boolean added, String place, String value) {

    private static final int LONGEST = 500;

    static List<PayloadLine> of(PayloadDifference difference) {
        List<PayloadLine> lines = new ArrayList<>();
        difference.changes().forEach(change -> add(lines, change.path(), change.from(), change.to()));
        return lines;
    }

    /** As the event of an edit keeps it. */
    static List<PayloadLine> stored(@Nullable JsonNode changes) {
        List<PayloadLine> lines = new ArrayList<>();
        if (changes != null) {
            changes.forEach(change -> add(lines, change.path("path").asText(), change.get("from"), change.get("to")));
        }
        return lines;
    }

    private static void add(List<PayloadLine> lines, String path, @Nullable JsonNode from, @Nullable JsonNode to) {
        String place = place(path);
        if (from != null) {
            lines.add(new PayloadLine(false, place, Words.line(from.toString(), LONGEST)));
        }
        if (to != null) {
            lines.add(new PayloadLine(true, place, Words.line(to.toString(), LONGEST)));
        }
    }

    /** A JSON Pointer, as people write it. */
    private static String place(String pointer) {
        return pointer.isEmpty()
                ? "all of it"
                : Words.line(
                        Arrays.stream(pointer.substring(1).split("/", -1))
                                .map(step -> step.replace("~1", "/").replace("~0", "~"))
                                .collect(Collectors.joining(".")),
                        200);
    }

    String sign() {
        return added ? "+" : "−";
    }
}
