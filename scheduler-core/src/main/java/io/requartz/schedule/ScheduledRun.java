package io.requartz.schedule;

import io.requartz.run.Actor;
import io.requartz.run.Submission;

/** The run that a schedule wishes for, for one of its cells. */
final class ScheduledRun {

    private ScheduledRun() {}

    static Submission.Builder wish(Schedule schedule, Cell cell, Actor by) {
        return Submission.of(schedule.type())
                .payload(cell.payload().toString())
                .priority(schedule.priority())
                .tags(schedule.tags())
                .expireAfter(schedule.expireAfter())
                .policy(schedule.retry() == null ? null : schedule.retry().toString())
                .by(by);
    }
}
