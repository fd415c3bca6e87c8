package io.requartz.admin.rest;

import io.requartz.deadletter.DeadLetterGroup;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Dead letters that failed alike, as an answer. */
record DeadLetterGroupView(
        String fingerprint,
        long count,
        Instant firstAt,
        Instant lastAt,
        Map<String, Long> types,
        @Nullable String category,
        @Nullable String exceptionClass,
        @Nullable String message,
        String sampleRun) {

    static DeadLetterGroupView of(DeadLetterGroup group) {
        return new DeadLetterGroupView(
                group.fingerprint(),
                group.count(),
                group.firstAt(),
                group.lastAt(),
                new TreeMap<>(group.types()),
                RunView.name(group.category()),
                group.exceptionClass(),
                group.message(),
                group.sampleRun());
    }
}
