package io.requartz.admin.rest;

import io.requartz.schedule.Triggered;
import java.time.Instant;
import java.util.List;

/** A fire by hand as an answer, with the run of each cell. */
record TriggeredView(String schedule, Instant fireTime, List<RunView> runs) {

    static TriggeredView of(Triggered triggered) {
        return new TriggeredView(
                triggered.schedule(),
                triggered.time(),
                triggered.runs().stream().map(RunView::of).toList());
    }
}
