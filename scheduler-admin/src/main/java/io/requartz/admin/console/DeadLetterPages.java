package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.deadletter.DeadLetters;
import io.requartz.node.RequartzNode;
import io.requartz.run.Page;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** What waits for a person, and what people decided. */
@Path("dead-letters")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class DeadLetterPages {

    private static final int PART = 50;
    private static final Set<String> KNOWN = Set.of("status", "type", "reason", "category", "fingerprint");
    private static final String ANY = "any";

    private final RequartzNode node;
    private final DeadLetters letters;
    private final Frames frames;
    private final Acts acts;

    @Inject
    DeadLetterPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.letters = node.deadLetters();
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public DeadLetterListPage list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Filters filters = Filters.of(uri, KNOWN);
        Query query = filters.query();
        DeadLetterFilter filter = filter(filters, query);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        Page<DeadLetter> found = letters.list(filter, PART, cursor);
        Titles titles = Titles.of(node);
        Times times = frames.times();
        String next = Cursor.write(found.next());
        return new DeadLetterListPage(
                frames.of(Visit.of(request), "Dead letters", Section.DEAD_LETTERS),
                sentence(filter),
                filters.options("status", "Open", statuses()),
                filters.options("type", "All job types", types()),
                filters.options("reason", "Any reason", reasons()),
                filters.text("category"),
                filters.text("fingerprint"),
                !filters.none(),
                found.items().stream()
                        .map(letter -> DeadLetterRow.of(letter, titles, times))
                        .toList(),
                cursor == null ? "" : filters.href("/dead-letters", ""),
                next == null ? "" : filters.href("/dead-letters", next));
    }

    /** Without a status, the open ones: the others need nobody. */
    private static DeadLetterFilter filter(Filters filters, Query query) {
        DeadLetterStatus status = filters.text("status").equals(ANY)
                ? null
                : filters.has("status")
                        ? query.one("status", Wire.oneOf(DeadLetterStatus.class, false))
                        : DeadLetterStatus.OPEN;
        return new DeadLetterFilter(
                status,
                query.one("type", Wire.line(100)),
                query.one("reason", Wire.oneOf(DeadLetterReason.class, true)),
                query.one("category", Wire::category),
                query.one("fingerprint", Wire.line(100)));
    }

    private static String sentence(DeadLetterFilter filter) {
        String which = filter.fingerprint() == null ? "" : " These failed alike: same category, exception and message.";
        return filter.status() == DeadLetterStatus.OPEN
                ? "Runs that will not be tried again until you say so." + which
                : "Runs that were given up, and what people made of them." + which;
    }

    private static List<Option> statuses() {
        return List.of(
                Option.of(DeadLetterStatus.RETRIED.name(), "Retried"),
                Option.of(DeadLetterStatus.RESOLVED.name(), "Resolved"),
                Option.of(DeadLetterStatus.REJECTED.name(), "Rejected"),
                Option.of(ANY, "Open and closed"));
    }

    private List<Option> types() {
        return node.control().jobTypes().stream()
                .map(type -> Option.of(type.name(), Titles.title(type)))
                .toList();
    }

    private static List<Option> reasons() {
        return Arrays.stream(DeadLetterReason.values())
                .map(reason -> Option.of(reason.label(), Words.spaced(reason.label())))
                .toList();
    }

    @POST
    @Path("{id}/resolve")
    @Allow(Role.OPERATOR)
    public Response resolve(@PathParam("id") String id, @Context ContainerRequestContext request) {
        String runId = Wire.runId(id);
        return acts.act(request, RunRow.href(runId), () -> {
            letters.resolve(runId, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("The dead letter is resolved.");
        });
    }

    @POST
    @Path("{id}/reject")
    @Allow(Role.OPERATOR)
    public Response reject(@PathParam("id") String id, @Context ContainerRequestContext request) {
        String runId = Wire.runId(id);
        return acts.act(request, RunRow.href(runId), () -> {
            letters.reject(runId, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("The dead letter is rejected.");
        });
    }
}
