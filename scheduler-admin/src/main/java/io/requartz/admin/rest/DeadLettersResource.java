package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkKind;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.deadletter.DeadLetters;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Dead letters, and what a person decides about them. They are found by their run's id. */
@Path("dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class DeadLettersResource {

    private final DeadLetters deadLetters;
    private final BulkActions bulkActions;

    @Inject
    DeadLettersResource(DeadLetters deadLetters, BulkActions bulkActions) {
        this.deadLetters = deadLetters;
        this.bulkActions = bulkActions;
    }

    @GET
    @Allow(Role.VIEWER)
    @Parameters({
        "status",
        "type",
        "reason",
        "category",
        "fingerprint",
        "assignee",
        "unassigned",
        "since",
        "until",
        "limit",
        "cursor"
    })
    public Items<DeadLetterView> list(@Context UriInfo uri) {
        Query query = new Query(uri);
        DeadLetterFilter filter = filter(query);
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        return Items.of(deadLetters.list(filter, limit, cursor), DeadLetterView::of);
    }

    static DeadLetterFilter filter(Query query) {
        String assignee = query.one("assignee", Wire.line(100));
        boolean unassigned = query.flag("unassigned");
        if (unassigned && assignee != null) {
            query.wrong("assignee and unassigned exclude each other; send one of them");
        }
        return new DeadLetterFilter(
                query.one("status", Wire.oneOf(DeadLetterStatus.class, false)),
                query.one("type", Wire.line(100)),
                query.one("reason", Wire.oneOf(DeadLetterReason.class, true)),
                query.one("category", Wire::category),
                query.one("fingerprint", Wire.line(100)),
                unassigned ? "" : assignee,
                query.one("since", Wire::instant),
                query.one("until", Wire::instant));
    }

    /** Open ones, if no status is asked for. */
    @GET
    @Path("groups")
    @Allow(Role.VIEWER)
    @Parameters({
        "status",
        "type",
        "reason",
        "category",
        "fingerprint",
        "assignee",
        "unassigned",
        "since",
        "until",
        "limit"
    })
    public Items<DeadLetterGroupView> groups(@Context UriInfo uri) {
        Query query = new Query(uri);
        DeadLetterFilter filter = filter(query);
        int limit = query.number("limit", 1, 200, 50);
        query.done();
        return Items.of(
                deadLetters.groups(filter.status() == null ? filter.withStatus(DeadLetterStatus.OPEN) : filter, limit),
                DeadLetterGroupView::of);
    }

    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    public DeadLetterView get(@PathParam("id") String id) {
        return DeadLetterView.of(deadLetters.compare(Wire.runId(id)));
    }

    @POST
    @Path("retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    @Parameters({
        "status",
        "type",
        "reason",
        "category",
        "fingerprint",
        "assignee",
        "unassigned",
        "since",
        "until",
        "all",
        "dry-run"
    })
    public Response retryAll(@Context UriInfo uri, @Context SecurityContext by, @Nullable JsonBody sent) {
        return BulkWish.letters(bulkActions, BulkKind.RETRY_DEAD_LETTERS, new Query(uri), by, sent);
    }

    @POST
    @Path("resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    @Parameters({
        "status",
        "type",
        "reason",
        "category",
        "fingerprint",
        "assignee",
        "unassigned",
        "since",
        "until",
        "all",
        "dry-run"
    })
    public Response resolveAll(@Context UriInfo uri, @Context SecurityContext by, @Nullable JsonBody sent) {
        return BulkWish.letters(bulkActions, BulkKind.RESOLVE_DEAD_LETTERS, new Query(uri), by, sent);
    }

    @POST
    @Path("reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    @Parameters({
        "status",
        "type",
        "reason",
        "category",
        "fingerprint",
        "assignee",
        "unassigned",
        "since",
        "until",
        "all",
        "dry-run"
    })
    public Response rejectAll(@Context UriInfo uri, @Context SecurityContext by, @Nullable JsonBody sent) {
        return BulkWish.letters(bulkActions, BulkKind.REJECT_DEAD_LETTERS, new Query(uri), by, sent);
    }

    /** {@code assignee} null or left out: nobody any more. */
    @POST
    @Path("{id}/assign")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public DeadLetterView assign(
            @PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("assignee", "note");
        String assignee = body.text("assignee", Wire.line(100));
        String note = body.note();
        body.done();
        return DeadLetterView.of(
                deadLetters.assign(runId, assignee, Caller.of(security).actor(), note));
    }

    @POST
    @Path("{id}/retry")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public RunView retry(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("note", "payload");
        String payload = body.object("payload");
        String note = body.note();
        body.done();
        return RunView.of(deadLetters.retry(runId, Caller.of(security).actor(), note, payload));
    }

    @POST
    @Path("{id}/resolve")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public RunView resolve(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("note");
        String note = body.note();
        body.done();
        return RunView.of(deadLetters.resolve(runId, Caller.of(security).actor(), note));
    }

    @POST
    @Path("{id}/reject")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public RunView reject(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        String runId = Wire.runId(id);
        JsonBody body = JsonBody.orEmpty(sent).knowing("note");
        String note = body.note();
        if (!body.has("note")) {
            body.wrong("note: it is missing; a rejection needs a word about why");
        }
        body.done();
        return RunView.of(deadLetters.reject(runId, Caller.of(security).actor(), note));
    }
}
