package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkFilter;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkState;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Bulk actions, once they were asked for: how far they are, and holding them. */
@Path("bulk-actions")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class BulkActionsResource {

    private final BulkActions actions;

    @Inject
    BulkActionsResource(BulkActions actions) {
        this.actions = actions;
    }

    @GET
    @Allow(Role.VIEWER)
    @Parameters({"kind", "state", "limit", "cursor"})
    public Items<BulkActionView> list(@Context UriInfo uri) {
        Query query = new Query(uri);
        BulkFilter filter = new BulkFilter(
                query.one("kind", Wire.oneOf(BulkKind.class, true)),
                query.one("state", Wire.oneOf(BulkState.class, false)));
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        return Items.of(actions.list(filter, limit, cursor), BulkActionView::of);
    }

    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    public BulkActionView get(@PathParam("id") String id) {
        return BulkActionView.of(actions.get(id));
    }

    @GET
    @Path("{id}/refusals")
    @Allow(Role.VIEWER)
    @Parameters({"limit", "cursor"})
    public Items<BulkRefusalView> refusals(@PathParam("id") String id, @Context UriInfo uri) {
        Query query = new Query(uri);
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        return Items.of(actions.refusals(id, limit, cursor), BulkRefusalView::of);
    }

    @POST
    @Path("{id}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public BulkActionView pause(
            @PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        return BulkActionView.of(actions.pause(id, Caller.of(security).actor(), note(sent)));
    }

    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public BulkActionView resume(
            @PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        return BulkActionView.of(actions.resume(id, Caller.of(security).actor(), note(sent)));
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public BulkActionView cancel(
            @PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        return BulkActionView.of(actions.cancel(id, Caller.of(security).actor(), note(sent)));
    }

    private static @Nullable String note(@Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent).knowing("note");
        String note = body.note();
        body.done();
        return note;
    }
}
