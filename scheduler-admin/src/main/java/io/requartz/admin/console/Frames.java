package io.requartz.admin.console;

import io.requartz.node.SchedulerStatus;
import io.requartz.run.RunState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Makes frames: navigation with its counts, and the session's part. Thread-safe. */
final class Frames {

    private final Glance glance;
    private final IntSupplier schedules;
    private final InstantSource clock;

    /** @param schedules how many there are */
    Frames(Glance glance, IntSupplier schedules, InstantSource clock) {
        this.glance = glance;
        this.schedules = schedules;
        this.clock = clock;
    }

    /** @param current null: the page belongs to none */
    Frame of(Visit visit, String title, @Nullable Section current) {
        return of(visit, title, current, "");
    }

    Frame of(Visit visit, String title, @Nullable Section current, String search) {
        Session session = visit.session();
        return new Frame(
                title,
                visit.self(),
                navigation(current),
                session.caller().getName(),
                session.formToken(),
                session.heard(),
                search,
                times().clock(clock.instant()));
    }

    Times times() {
        return new Times(clock.instant());
    }

    private List<Frame.Group> navigation(@Nullable Section current) {
        Optional<SchedulerStatus> status = glance.latest();
        Map<String, List<Frame.Item>> groups = new LinkedHashMap<>();
        for (Section section : Section.values()) {
            String count = status.map(known -> count(section, known)).orElse("");
            boolean needed = section == Section.DEAD_LETTERS || section == Section.SCOPES;
            boolean hot = needed && !count.isEmpty();
            groups.computeIfAbsent(section.group(), group -> new ArrayList<>())
                    .add(new Frame.Item(section.href(), section.label(), count, hot, section == current));
        }
        return groups.entrySet().stream()
                .map(group -> new Frame.Group(group.getKey(), group.getValue()))
                .toList();
    }

    private String count(Section section, SchedulerStatus status) {
        return switch (section) {
            case DEAD_LETTERS -> unlessZero(status.runs().getOrDefault(RunState.DEAD, 0L));
            case JOB_TYPES -> unlessZero(status.types().size());
            case SCHEDULES -> unlessZero(schedules.getAsInt());
            case SCOPES -> unlessZero(glance.latestDisabled().size());
            default -> "";
        };
    }

    private static String unlessZero(long count) {
        return count == 0 ? "" : Words.number(count);
    }
}
