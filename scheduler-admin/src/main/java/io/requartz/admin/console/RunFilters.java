package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What lists of runs can be narrowed to. */
final class RunFilters {

    static final Set<String> KNOWN = Set.of("q", "state", "type", "category", "tag", "since", "min-attempts");

    private RunFilters() {}

    static RunFilter read(Query query, Instant now) {
        Integer attempts = query.one("min-attempts", Wire.integer(0, 1_000_000));
        return new RunFilter(
                new HashSet<>(query.all("state", Wire.oneOf(RunState.class, false))),
                query.one("type", Wire.line(100)),
                query.one("category", Wire::category),
                query.one("tag", Wire.line(100)),
                query.one("q", Wire.line(200)),
                query.one("since", Filters.since(now)),
                null,
                null,
                attempts == null ? 0 : attempts);
    }

    static List<Option> states(Filters filters) {
        return filters.options(
                "state",
                "Any state",
                Arrays.stream(RunState.values())
                        .map(state -> Option.of(state.name(), Chip.of(state).word()))
                        .toList());
    }
}
