package io.requartz.admin.console;

import io.requartz.admin.console.BulkActionPage.Count;
import io.requartz.admin.console.BulkActionPage.Refusal;
import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkProgress;
import io.requartz.bulk.BulkRefusal;
import io.requartz.bulk.BulkState;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bulk actions, once they were begun: how far they are, what they could not do, and holding them. */
@Path("bulk-actions")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class BulkActionPages {

    private static final int PART = 50;
    private static final int REFUSALS = 50;
    private static final Set<String> KNOWN = Set.of("kind", "state");

    private final RequartzNode node;
    private final BulkActions actions;
    private final Frames frames;
    private final Acts acts;

    @Inject
    BulkActionPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.actions = node.bulkActions();
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public BulkActionListPage list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Filters filters = Filters.of(uri, KNOWN);
        Query query = filters.query();
        BulkFilter filter = new BulkFilter(
                query.one("kind", Wire.oneOf(BulkKind.class, true)),
                query.one("state", Wire.oneOf(BulkState.class, false)));
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        Page<BulkAction> found = actions.list(filter, PART, cursor);
        Times times = frames.times();
        String next = Cursor.write(found.next());
        return new BulkActionListPage(
                frames.of(Visit.of(request), "Bulk actions", Section.BULK_ACTIONS),
                filters.options("kind", "Of any kind", kinds()),
                filters.options("state", "In any state", states()),
                !filters.none(),
                found.items().stream()
                        .map(action -> BulkActionRow.of(action, times))
                        .toList(),
                cursor == null ? "" : filters.href("/bulk-actions", ""),
                next == null ? "" : filters.href("/bulk-actions", next));
    }

    private static List<Option> kinds() {
        return Arrays.stream(BulkKind.values())
                .map(kind -> Option.of(kind.label(), BulkWords.title(kind)))
                .toList();
    }

    private static List<Option> states() {
        return Arrays.stream(BulkState.values())
                .map(state -> Option.of(state.name(), BulkWords.chip(state).word()))
                .toList();
    }

    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    public BulkActionPage page(
            @PathParam("id") String id, @Context UriInfo uri, @Context ContainerRequestContext request) {
        BulkAction action = actions.get(id);
        boolean cancelling = Filters.of(uri, Set.of("cancel")).has("cancel");
        BulkProgress progress = action.progress();
        Times times = frames.times();
        BulkActionRow row = BulkActionRow.of(action, times);
        List<Refusal> refusals = progress.failed() == 0
                ? List.of()
                : actions.refusals(id, REFUSALS, null).items().stream()
                        .map(refusal -> refusal(refusal, times))
                        .toList();
        boolean on = action.state() == BulkState.RUNNING;
        boolean paused = action.state() == BulkState.PAUSED;
        return new BulkActionPage(
                frames.of(Visit.of(request), row.title(), Section.BULK_ACTIONS),
                row,
                action.id(),
                BulkWords.effect(action.kind()),
                row.by(),
                speed(action),
                end(action, times),
                ProgressBar.of(progress),
                counts(progress),
                facts(action, times),
                refusals,
                progress.failed() - refusals.size(),
                on && progress.failed() == 0 ? Words.line(progress.lastError(), 500) : "",
                on,
                paused,
                cancelling && (on || paused));
    }

    private static Refusal refusal(BulkRefusal refusal, Times times) {
        return new Refusal(
                RunRow.href(refusal.runId()),
                refusal.runId(),
                Words.shortId(refusal.runId()),
                Words.line(refusal.reason(), 500),
                times.distance(refusal.at()));
    }

    private static List<Count> counts(BulkProgress progress) {
        return List.of(
                new Count(Words.number(progress.done()), "done", "ok"),
                new Count(Words.number(progress.left()), "left", ""),
                new Count(Words.number(progress.skipped()), "skipped (changed meanwhile)", ""),
                new Count(Words.number(progress.failed()), "refused", progress.failed() > 0 ? "dead" : ""));
    }

    private static String speed(BulkAction action) {
        if (action.ratePerSecond() != null) {
            return Words.number(action.ratePerSecond()) + " a second";
        }
        OptionalDouble speed = action.perSecond();
        if (speed.isEmpty()) {
            return "";
        }
        return speed.getAsDouble() >= 10
                ? Words.number(Math.round(speed.getAsDouble())) + " a second"
                : String.format(Locale.ROOT, "%.1f a second", speed.getAsDouble());
    }

    private static @Nullable Moment end(BulkAction action, Times times) {
        Instant end = action.finishedAt() != null
                ? action.finishedAt()
                : action.predictedEnd().orElse(null);
        return end == null ? null : times.distance(end);
    }

    private List<Fact> facts(BulkAction action, Times times) {
        List<Fact> facts = new ArrayList<>(BulkWords.which(action.criteria(), Titles.of(node), times));
        if (action.finishedAt() != null) {
            facts.add(Fact.text("Took", Times.span(Duration.between(action.createdAt(), action.finishedAt()))));
        }
        if (action.node() != null) {
            facts.add(Fact.text("Worked off by", Words.line(action.node(), 100)));
        }
        facts.add(Fact.code("Id", Words.line(action.id(), 40)));
        return facts;
    }

    @POST
    @Path("{id}/pause")
    @Allow(Role.OPERATOR)
    public Response pause(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return acts.act(request, BulkActionRow.href(id), () -> {
            actions.pause(id, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("It is paused: nothing more is done until it is resumed. What is done stays.");
        });
    }

    @POST
    @Path("{id}/resume")
    @Allow(Role.OPERATOR)
    public Response resume(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return acts.act(request, BulkActionRow.href(id), () -> {
            actions.resume(id, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("It goes on.");
        });
    }

    @POST
    @Path("{id}/cancel")
    @Allow(Role.OPERATOR)
    public Response cancel(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return acts.act(request, BulkActionRow.href(id), () -> {
            actions.cancel(id, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("It is cancelled: nothing more is done. What is done stays.");
        });
    }
}
