package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
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
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/** Dead letters, and what a person decides about them. They are found by their run's id. */
@Path("dead-letters")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class DeadLettersResource {

    private final DeadLetters deadLetters;

    @Inject
    DeadLettersResource(DeadLetters deadLetters) {
        this.deadLetters = deadLetters;
    }

    @GET
    @Allow(Role.VIEWER)
    @Parameters({"status", "type", "reason", "category", "fingerprint", "limit", "cursor"})
    public Items<DeadLetterView> list(@Context UriInfo uri) {
        Query query = new Query(uri);
        DeadLetterFilter filter = new DeadLetterFilter(
                query.one("status", Wire.oneOf(DeadLetterStatus.class, false)),
                query.one("type", Wire.line(100)),
                query.one("reason", Wire.oneOf(DeadLetterReason.class, true)),
                query.one("category", Wire::category),
                query.one("fingerprint", Wire.line(100)));
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        return Items.of(deadLetters.list(filter, limit, cursor), DeadLetterView::of);
    }

    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    public DeadLetterView get(@PathParam("id") String id) {
        return DeadLetterView.of(deadLetters.get(Wire.runId(id)));
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
