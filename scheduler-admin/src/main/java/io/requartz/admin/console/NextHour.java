package io.requartz.admin.console;

import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerStatus;
import io.requartz.run.Page;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.schedule.ComingFires;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What will run in the next hour, the next first: fires of schedules, and runs that wait for their time.
 *
 * @param more how many there are beyond these
 */
record NextHour(List<Item> items, int more) {

    private static final Duration AHEAD = Duration.ofHours(1);
    private static final int SHOWN = 8;
    private static final int MOST_FIRES = 2;
    private static final int LOOKED_AT = 200;

    /** @param detail how often, or how much at a time */
    record Item(Moment at, String title, String href, String detail) {}

    private record Timed(Instant at, Item item) {}

    /** @param status tells whether there is any run that waits for its time */
    static NextHour of(RequartzNode node, SchedulerStatus status, Times times) {
        Instant until = times.now().plus(AHEAD);
        Titles titles = Titles.of(node);
        List<Timed> all = new ArrayList<>();
        node.schedules().coming(until, MOST_FIRES).forEach(coming -> all.add(fires(coming, status, times)));
        if (status.runs().getOrDefault(RunState.RETRYING, 0L) + status.runs().getOrDefault(RunState.SCHEDULED, 0L)
                > 0) {
            all.addAll(waiting(node, titles, until, times));
        }
        all.sort(Comparator.comparing(Timed::at));
        return new NextHour(all.stream().limit(SHOWN).map(Timed::item).toList(), Math.max(0, all.size() - SHOWN));
    }

    private static List<Timed> waiting(RequartzNode node, Titles titles, Instant until, Times times) {
        RunFilter waiting = new RunFilter(
                Set.of(RunState.RETRYING, RunState.SCHEDULED), null, null, null, null, null, null, until, 0);
        Page<Run> runs = node.runs().list(waiting, LOOKED_AT, null);
        Map<String, Map<RunState, List<Run>>> byType = runs.items().stream()
                .filter(run -> run.dueAt() != null && run.dueAt().isAfter(times.now()))
                .collect(Collectors.groupingBy(Run::type, Collectors.groupingBy(Run::state)));
        List<Timed> all = new ArrayList<>();
        byType.forEach((type, byState) ->
                byState.forEach((state, due) -> all.add(waiting(titles.of(type), due, runs.next() != null, times))));
        return all;
    }

    private static Timed fires(ComingFires coming, SchedulerStatus status, Times times) {
        Instant first = coming.times().get(0);
        List<String> details = new ArrayList<>();
        if (!ScheduleRow.held(coming.schedule(), status).isEmpty()) {
            details.add("held by a pause");
        }
        if (coming.times().size() > 1) {
            details.add(ScheduleRow.words(coming.schedule()));
        }
        int cells = coming.schedule().cells().size();
        if (cells > 1) {
            details.add(Words.count(cells, "run") + " a fire");
        }
        return new Timed(
                first,
                new Item(
                        times.clock(first),
                        ScheduleRow.title(coming.schedule()),
                        ScheduleRow.href(coming.schedule().name()),
                        Words.line(String.join(", ", details), 200)));
    }

    /** @param more whether there may be further ones */
    private static Timed waiting(String title, List<Run> runs, boolean more, Times times) {
        Run next = runs.stream().min(Comparator.comparing(Run::dueAt)).orElseThrow();
        boolean retrying = next.state() == RunState.RETRYING;
        boolean single = runs.size() == 1 && !more;
        String href =
                single ? RunRow.href(next.id()) : "/runs?state=" + next.state() + "&type=" + Words.query(next.type());
        String count = more ? "at least " + Words.count(runs.size(), "run") : Words.count(runs.size(), "run");
        return new Timed(
                next.dueAt(),
                new Item(
                        times.clock(next.dueAt()),
                        title,
                        href,
                        retrying ? count + " to be tried again" : count + " submitted for later"));
    }
}
