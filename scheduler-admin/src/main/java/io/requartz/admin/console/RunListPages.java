package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Query;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.run.Page;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs, newest first. */
@Path("runs")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class RunListPages {

    private static final int PART = 50;

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
        Filters filters = Filters.of(uri, RunFilters.KNOWN);
        Optional<Run> named =
                filters.has("q") ? node.runs().find(filters.text("q").strip()) : Optional.empty();
        if (named.isPresent()) {
            return Go.to(RunRow.href(named.get().id()));
        }
        Times times = frames.times();
        Query query = filters.query();
        RunFilter filter = RunFilters.read(query, times.now());
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        Page<Run> found = node.runs().list(filter, PART, cursor);
        Titles titles = Titles.of(node);
        Map<String, String> scopes =
                node.scopes().labels(found.items().stream().map(Run::id).toList());
        String next = Cursor.write(found.next());
        return new RunListPage(
                frames.of(Visit.of(request), "Runs", Section.RUNS, filters.text("q")),
                sentence(filter, filters, titles),
                RunFilters.states(filters),
                filters.options("type", "All job types", types()),
                filters.times(),
                filters.text("category"),
                filters.text("tag"),
                filters.text("q"),
                !filters.none(),
                found.items().stream()
                        .map(run -> RunRow.of(run, titles.of(run.type()), scopes.get(run.id()), times))
                        .toList(),
                BulkBar.ofRuns(filters.address()),
                cursor == null ? "" : filters.href("/runs", ""),
                next == null ? "" : filters.href("/runs", next));
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
