package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.node.NodeStatus;
import io.requartz.node.SchedulerControl;
import io.requartz.node.SchedulerStatus;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.Scopes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cluster as a whole: its state, its nodes, pause and resume. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class SchedulerResource {

    private static final ScopeFilter FAILING = new ScopeFilter(null, null, true, Map.of());

    private final SchedulerControl control;
    private final Scopes scopes;

    @Inject
    SchedulerResource(SchedulerControl control, Scopes scopes) {
        this.control = control;
        this.scopes = scopes;
    }

    private SchedulerView whole(SchedulerStatus status) {
        return SchedulerView.of(status, scopes.list(FAILING, 200, null).items());
    }

    @GET
    @Path("scheduler")
    @Allow(Role.VIEWER)
    public SchedulerView status() {
        return whole(control.status());
    }

    @POST
    @Path("scheduler/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public SchedulerView pause(@Context SecurityContext security, @Nullable JsonBody sent) {
        Wish wish = Wish.of(sent);
        return whole(control.pause(wish.type, Caller.of(security).actor(), wish.note));
    }

    @POST
    @Path("scheduler/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public SchedulerView resume(@Context SecurityContext security, @Nullable JsonBody sent) {
        Wish wish = Wish.of(sent);
        return whole(control.resume(wish.type, Caller.of(security).actor(), wish.note));
    }

    @GET
    @Path("nodes")
    @Allow(Role.VIEWER)
    public Items<NodeStatus> nodes() {
        return Items.of(control.nodes(), node -> node);
    }

    /** @param type null: all types */
    private record Wish(@Nullable String type, @Nullable String note) {

        static Wish of(@Nullable JsonBody sent) {
            JsonBody body = JsonBody.orEmpty(sent).knowing("type", "note");
            Wish wish = new Wish(body.text("type", Wire.line(100)), body.note());
            body.done();
            return wish;
        }
    }
}
