package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.console.ScheduleFacts.Difference;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * @param action where the form is sent
 * @param back the page that it came from
 * @param backTitle what that is called
 * @param name null: it has one that stays; else the one that the person chose so far
 * @param version that the person saw; empty for a new one
 * @param preview when it would fire; null if that is not known
 * @param stale what somebody else has made of it meanwhile: theirs as {@code now}, the person's as {@code before}; empty if nothing
 * @param flaws what is wrong with a field, by its name
 * @param wrong why it was not saved; null at first
 */
record ScheduleFormPage(
        Frame frame,
        String title,
        String sentence,
        String action,
        String back,
        String backTitle,
        @Nullable String name,
        String version,
        ScheduleFields fields,
        String note,
        List<Option> types,
        List<Option> priorities,
        List<Option> misfires,
        List<Option> overlaps,
        List<Day> days,
        List<String> zones,
        @Nullable Preview preview,
        List<Difference> stale,
        Map<String, String> flaws,
        @Nullable Flash wrong)
        implements Page {

    record Day(String value, String label, boolean chosen) {}

    /** @param words the times, read out */
    record Preview(String words, String zone, List<NextFire> next) {}

    String value(String field) {
        return fields.get(field);
    }

    String flaw(String field) {
        return flaws.getOrDefault(field, "");
    }

    boolean chosen(String timing) {
        return fields.get(ScheduleFields.TIMING).equals(timing);
    }

    /** Whether the calendar's fields have anything to show. */
    boolean hasCalendar() {
        return filled("exclude-days", "exclude-dates", "exclude-hours");
    }

    /** Whether the fields that are seldom used have anything to show. */
    boolean hasDetails() {
        return filled("tags", "retry")
                || !flaw("priority").isEmpty()
                || !value("priority").equals("normal");
    }

    private boolean filled(String... names) {
        return Stream.of(names)
                .anyMatch(name -> !value(name).isEmpty() || !flaw(name).isEmpty());
    }
}
