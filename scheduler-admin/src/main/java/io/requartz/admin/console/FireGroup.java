package io.requartz.admin.console;

import io.requartz.admin.console.ScheduleRow.Outcome;
import io.requartz.schedule.ScheduleRepository.Fire;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What became of one time of a schedule.
 *
 * @param outcomes what its cells came to, summed up
 * @param text what there is to say of all of them
 * @param cells each by itself, if there are several
 */
record FireGroup(Moment at, List<Outcome> outcomes, String text, List<Item> cells) {

    /**
     * One cell.
     *
     * @param outcome what it came to
     * @param text its name, and why it has no run
     */
    record Item(Outcome outcome, String text) {}

    /**
     * @param fires newest first, those of one time one after the other
     * @param more whether there are further ones, which may be of the last time too
     * @param cells how many there may be of one time
     */
    static List<FireGroup> of(List<FireWithRun> fires, boolean more, int cells, Times times) {
        Map<Instant, List<FireWithRun>> byTime = new LinkedHashMap<>();
        fires.forEach(each -> byTime.computeIfAbsent(each.fire().time(), time -> new ArrayList<>())
                .add(each));
        List<FireGroup> groups = new ArrayList<>();
        byTime.values().forEach(group -> groups.add(group(group, times)));
        if (more && mayGoOn(byTime, fires.get(fires.size() - 1).fire(), cells)) {
            groups.add(groups.remove(groups.size() - 1).cutOff());
        }
        return groups;
    }

    private static boolean mayGoOn(Map<Instant, List<FireWithRun>> byTime, Fire last, int cells) {
        return !last.cell().isEmpty()
                && byTime.getOrDefault(last.time(), List.of()).size() < cells;
    }

    private FireGroup cutOff() {
        return new FireGroup(at, outcomes, joined(text, "there may be more of it in the next part"), cells);
    }

    private static FireGroup group(List<FireWithRun> fires, Times times) {
        Moment at = times.clock(fires.get(0).fire().time());
        String byHand = fires.get(0).fire().manual() ? "by hand" : "";
        if (fires.size() == 1) {
            Item only = item(fires.get(0));
            return new FireGroup(at, List.of(only.outcome()), joined(byHand, only.text()), List.of());
        }
        Map<Chip, Long> counts = new LinkedHashMap<>();
        List<Item> cells = fires.stream().map(FireGroup::item).toList();
        cells.forEach(cell -> counts.merge(cell.outcome().chip(), 1L, Long::sum));
        return new FireGroup(
                at,
                counts.entrySet().stream()
                        .map(count -> new Outcome(count.getKey().counted(count.getValue()), ""))
                        .toList(),
                byHand,
                cells);
    }

    private static Item item(FireWithRun each) {
        Fire fire = each.fire();
        String skipped = fire.skipped() == null ? "" : fire.skipped().label();
        String why = skipped.isEmpty() ? "" : Words.line(fire.why(), 300);
        String times = fire.times() > 1 ? Words.count(fire.times(), "time") : "";
        return new Item(
                new Outcome(
                        ScheduleRow.chip(each.runState(), skipped),
                        each.runState() == null ? "" : RunRow.href(fire.runId())),
                joined(Words.line(fire.cell(), 200), joined(times, why)));
    }

    private static String joined(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ": " + other;
    }
}
