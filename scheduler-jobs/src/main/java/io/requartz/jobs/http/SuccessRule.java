package io.requartz.jobs.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which statuses are a success: {@code ["2xx", 304, "400-404"]}. */
record SuccessRule(List<Range> ranges) {

    static final SuccessRule ANY_2XX = new SuccessRule(List.of(new Range(200, 299)));

    private static final Pattern CLASS = Pattern.compile("([1-5])xx");
    private static final Pattern RANGE = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    /** Both ends included. */
    record Range(int from, int to) {}

    SuccessRule {
        ranges = List.copyOf(ranges);
    }

    static SuccessRule parse(JsonNode list) {
        List<Range> ranges = new ArrayList<>();
        for (JsonNode each : list.isArray() ? list : List.of(list)) {
            ranges.add(range(each.asText()));
        }
        if (ranges.isEmpty()) {
            throw Invalid.payload("success is an empty list, so no answer could ever be one; leave it out for 2xx");
        }
        return new SuccessRule(ranges);
    }

    private static Range range(String text) {
        Matcher ofClass = CLASS.matcher(text);
        if (ofClass.matches()) {
            int hundred = Integer.parseInt(ofClass.group(1)) * 100;
            return new Range(hundred, hundred + 99);
        }
        Matcher range = RANGE.matcher(text);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            if (from <= to) {
                return new Range(from, to);
            }
        }
        throw Invalid.payload(
                "success has \"" + text + "\"; expected a status (204), a range (\"200-204\") or a class (\"2xx\")");
    }

    boolean accepts(int status) {
        return ranges.stream().anyMatch(each -> each.from() <= status && status <= each.to());
    }
}
