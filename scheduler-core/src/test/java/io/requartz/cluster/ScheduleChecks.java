package io.requartz.cluster;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** I10: the times of schedules. */
final class ScheduleChecks {

    private ScheduleChecks() {}

    static void atAnyTime(Evidence evidence, Verdicts verdicts) {
        Set<String> answered = new HashSet<>();
        Map<String, String> runs = new TreeMap<>();
        for (Dump.Fire fire : evidence.dump().fires()) {
            verdicts.expect(
                    answered.add(fire.schedule() + " " + fire.time() + " " + fire.cell()),
                    "I10",
                    () -> fire + " is there twice");
            verdicts.expect(
                    (fire.run() == null) == (fire.skipped() != null), "I10", () -> fire + " has no run, and not why");
            if (fire.run() != null) {
                String other = runs.put(fire.run(), fire.schedule() + " " + fire.time() + " " + fire.cell());
                verdicts.expect(other == null, "I10", () -> fire + " shares its run with " + other);
            }
        }
        Set<String> made = new HashSet<>();
        for (Dump.Run run : evidence.dump().runs()) {
            if (run.scheduledAt() > 0) {
                verdicts.expect(
                        runs.containsKey(run.id()),
                        "I10",
                        () -> "run " + run.id() + " was made by no fire of its schedule");
                verdicts.expect(
                        made.add(run.type() + " " + run.scheduledAt() + " " + run.cell()),
                        "I10",
                        () -> "a second run for one time: " + run);
            }
        }
    }

    /** For a schedule at equal distances that was never paused between its first fire and its last. */
    static void noTimeIsLeftOut(Dump dump, String schedule, long every, Verdicts verdicts) {
        TreeSet<Long> times = new TreeSet<>();
        dump.fires().stream().filter(fire -> fire.schedule().equals(schedule)).forEach(fire -> times.add(fire.time()));
        if (times.isEmpty()) {
            verdicts.violated("I10", "the schedule " + schedule + " never fired");
            return;
        }
        for (long next = times.first(); next <= times.last(); next += every) {
            long time = next;
            verdicts.expect(times.contains(time), "I10", () -> "time " + time + " of " + schedule + " was left out");
        }
    }
}
