package io.requartz.admin.console;

import io.requartz.admin.console.OverviewPage.Tile;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerStatus;
import io.requartz.run.RunState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** The first page: how it goes, and what needs a person. */
@Path("")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class OverviewPages {

    private final RequartzNode node;
    private final Glance glance;
    private final Frames frames;
    private final Acts acts;

    @Inject
    OverviewPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.glance = glance;
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public OverviewPage page(@Context ContainerRequestContext request) {
        SchedulerStatus status = glance.status();
        Times times = frames.times();
        Hour hour = Hour.of(glance.activity(), times.now());
        return new OverviewPage(
                frames.of(Visit.of(request), "Overview", Section.OVERVIEW),
                Verdict.of(status, glance.disabled().size(), hour),
                tiles(status, hour),
                MinuteChart.of(hour, times),
                NextHour.of(node, status, times),
                status.nodes().stream().map(each -> NodeRow.of(each, times)).toList(),
                status.paused(),
                new Concerns(node, status, glance.disabled(), times).all());
    }

    private static List<Tile> tiles(SchedulerStatus status, Hour hour) {
        return List.of(
                new Tile(
                        "/runs?state=SUCCEEDED&since=1h", Words.number(hour.succeeded()), null, "succeeded, last hour"),
                tile(status, RunState.RUNNING),
                tile(status, RunState.RETRYING),
                tile(status, RunState.PARKED),
                tile(status, RunState.SCHEDULED),
                new Tile(
                        "/dead-letters",
                        Words.number(status.runs().getOrDefault(RunState.DEAD, 0L)),
                        Chip.dead("Dead letters"),
                        ""));
    }

    private static Tile tile(SchedulerStatus status, RunState state) {
        return new Tile(
                "/runs?state=" + state, Words.number(status.runs().getOrDefault(state, 0L)), Chip.of(state), "");
    }

    @POST
    @Path("scheduler/pause")
    @Allow(Role.OPERATOR)
    public Response pause(@Context ContainerRequestContext request) {
        return acts.act(request, "/", () -> {
            node.control()
                    .pause(null, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("Everything is paused: nothing starts until it is resumed; what runs goes on.");
        });
    }

    @POST
    @Path("scheduler/resume")
    @Allow(Role.OPERATOR)
    public Response resume(@Context ContainerRequestContext request) {
        return acts.act(request, "/", () -> {
            node.control()
                    .resume(null, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("Everything is resumed, but for job types that are paused by themselves.");
        });
    }
}
