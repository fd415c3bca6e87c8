package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.run.Page;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs, newest first. */
@Path("runs")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class RunListPages {

    private static final int PART = 50;
    private static final Set<String> KNOWN = Set.of("q", "state", "type", "category", "tag", "since", "min-attempts");
    private static final List<Option> TIMES =
            List.of(Option.of("1h", "Last hour"), Option.of("24h", "Last day"), Option.of("7d", "Last 7 days"));

    private final RequartzNode node;
    private final Frames frames;

    @Inject
    RunListPages(RequartzNode node, Frames frames) {
        this.node = node;
        this.frames = frames;
    }

    @GET
    @Allow(Role.VIEWER)
    public Object list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Filters filters = Filters.of(uri, KNOWN);
        Optional<Run> named =
                filters.has("q") ? node.runs().find(filters.text("q").strip()) : Optional.empty();
        if (named.isPresent()) {
            return Go.to(RunRow.href(named.get().id()));
        }
        Times times = frames.times();
        Query query = filters.query();
        RunFilter filter = filter(query, times.now());
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        Page<Run> found = node.runs().list(filter, PART, cursor);
        Titles titles = Titles.of(node);
        String next = Cursor.write(found.next());
        return new RunListPage(
                frames.of(Visit.of(request), "Runs", Section.RUNS, filters.text("q")),
                sentence(filter, filters, titles),
                filters.options("state", "Any state", states()),
                filters.options("type", "All job types", types()),
                filters.options("since", "Any time", TIMES),
                filters.text("category"),
                filters.text("tag"),
                filters.text("q"),
                !filters.none(),
                found.items().stream()
                        .map(run -> RunRow.of(run, titles.of(run.type()), times))
                        .toList(),
                cursor == null ? "" : filters.href("/runs", ""),
                next == null ? "" : filters.href("/runs", next));
    }

    private static RunFilter filter(Query query, Instant now) {
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

    private static List<Option> states() {
        return Arrays.stream(RunState.values())
                .map(state -> Option.of(state.name(), Chip.of(state).word()))
                .toList();
    }

    private List<Option> types() {
        return node.control().jobTypes().stream()
                .map(type -> Option.of(type.name(), Titles.title(type)))
                .toList();
    }

    private static String sentence(RunFilter filter, Filters filters, Titles titles) {
        List<String> parts = new ArrayList<>();
        if (!filter.states().isEmpty()) {
            parts.add(filter.states().stream()
                    .sorted()
                    .map(state -> Chip.of(state).word().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(" or ")));
        }
        if (filter.type() != null) {
            parts.add("of " + titles.of(filter.type()));
        }
        if (filter.category() != null) {
            parts.add("that failed last with " + filter.category().name());
        }
        if (filter.tag() != null) {
            parts.add("tagged " + filter.tag());
        }
        if (filter.minAttempts() > 0) {
            parts.add("with " + Words.count(filter.minAttempts(), "attempt") + " or more");
        }
        if (filter.since() != null) {
            parts.add("submitted since " + filters.text("since"));
        }
        if (filter.text() != null) {
            parts.add("whose id, key or tag begins with \"" + filter.text() + "\"");
        }
        return parts.isEmpty() ? "All runs, newest first." : "Runs " + String.join(", ", parts) + "; newest first.";
    }
}
