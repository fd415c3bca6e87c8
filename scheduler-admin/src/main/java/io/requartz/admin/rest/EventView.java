package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.run.RunEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that happened to a run outside of its attempts, as an answer. */
record EventView(
        Instant at,
        String kind,
        @Nullable String from,
        @Nullable String to,
        String actor,
        @Nullable String note,
        @Nullable JsonNode detail) {

    static EventView of(RunEvent event) {
        return new EventView(
                event.at(),
                event.kind(),
                RunView.name(event.from()),
                RunView.name(event.to()),
                event.actor(),
                event.note(),
                Json.stored(event.detail()));
    }
}
