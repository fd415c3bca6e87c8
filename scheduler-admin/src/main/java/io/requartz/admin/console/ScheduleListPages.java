package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.console.ScheduleRow.Standing;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.rest.WrongValue;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerStatus;
import io.requartz.schedule.ScheduleRepository.FireCount;
import io.requartz.schedule.ScheduleStatus;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All schedules: what runs by itself, when next, and what came of it last. */
@Path("schedules")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class ScheduleListPages {

    private static final Set<String> KNOWN = Set.of("state", "type", "source", "name");
    private static final String CHANGED = "changed";

    private final RequartzNode node;
    private final Glance glance;
    private final Frames frames;

    @Inject
    ScheduleListPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.glance = glance;
        this.frames = frames;
    }

    /** What the list is narrowed to; null means any. */
    private record Wanted(
            @Nullable Standing standing,
            @Nullable String type,
            @Nullable String source,
            @Nullable String name) {

        boolean has(ScheduleStatus status, ScheduleOrigin origin) {
            return (source == null
                            || source.equals(word(origin.source()))
                            || (source.equals(CHANGED) && origin.changed()))
                    && (type == null
                            || type.equals(status.effective().path("type").asText()))
                    && (name == null || named(status, name.toLowerCase(Locale.ROOT)));
        }

        private static boolean named(ScheduleStatus status, String part) {
            return status.name().toLowerCase(Locale.ROOT).contains(part)
                    || status.effective()
                            .path("title")
                            .asText()
                            .toLowerCase(Locale.ROOT)
                            .contains(part);
        }
    }

    @GET
    @Allow(Role.VIEWER)
    public ScheduleListPage list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Filters filters = Filters.of(uri, KNOWN);
        Query query = filters.query();
        Wanted wanted = new Wanted(
                query.one("state", Wire.oneOf(Standing.class, true)),
                query.one("type", Wire.line(100)),
                query.one("source", ScheduleListPages::source),
                query.one("name", Wire.line(100)));
        query.done();
        List<ScheduleRow> rows = rows(wanted);
        return new ScheduleListPage(
                frames.of(Visit.of(request), "Schedules", Section.SCHEDULES),
                sentence(rows, filters.none()),
                filters.options("state", "Any state", standings()),
                filters.options("type", "All job types", types()),
                filters.options("source", "From anywhere", sources()),
                filters.text("name"),
                !filters.none(),
                rows);
    }

    private String sentence(List<ScheduleRow> rows, boolean all) {
        String found = all
                ? "What runs by itself."
                : rows.size() + " of " + Words.count(node.schedules().count(), "schedule") + " match.";
        long paused =
                rows.stream().filter(row -> row.standing() == Standing.PAUSED).count();
        String held = paused == 0 ? "" : " " + paused + (paused == 1 ? " is paused." : " are paused.");
        return found
                + held
                + rows.stream()
                        .filter(row -> row.next() != null)
                        .min(Comparator.comparing(
                                row -> Instant.parse(row.next().iso())))
                        .map(row ->
                                " Next is " + row.title() + ", " + row.next().text() + ".")
                        .orElse("");
    }

    private List<ScheduleRow> rows(Wanted wanted) {
        List<ScheduleStatus> found = node.schedules().list().stream()
                .filter(status -> wanted.has(status, ScheduleOrigin.of(node, status)))
                .toList();
        Map<String, List<FireCount>> newest =
                node.schedules().newest(found.stream().map(ScheduleStatus::name).toList());
        SchedulerStatus cluster = glance.status();
        Titles titles = Titles.of(node);
        Times times = frames.times();
        return found.stream()
                .map(status -> ScheduleRow.of(
                        status,
                        ScheduleOrigin.of(node, status),
                        newest.getOrDefault(status.name(), List.of()),
                        cluster,
                        titles,
                        times))
                .filter(row -> wanted.standing() == null || row.standing() == wanted.standing())
                .toList();
    }

    private static String source(String text) throws WrongValue {
        return text.equalsIgnoreCase(CHANGED)
                ? CHANGED
                : word(Wire.oneOf(ScheduleOrigin.Source.class, true).read(text));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<Option> standings() {
        return List.of(
                Option.of("active", "Active"),
                Option.of("paused", "Paused"),
                Option.of("over", "Over"),
                Option.of("unreadable", "Unreadable"));
    }

    private List<Option> types() {
        return node.control().jobTypes().stream()
                .map(type -> Option.of(type.name(), Titles.title(type)))
                .toList();
    }

    private static List<Option> sources() {
        return List.of(
                Option.of("configuration", "Configuration"),
                Option.of("plugin", "Plugin"),
                Option.of("live", "Made live"),
                Option.of(CHANGED, "Changed live"));
    }
}
