package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.schedule.ManualFire;
import io.requartz.schedule.ScheduleStatus;
import io.requartz.schedule.Schedules;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Schedules: lists, changes, pauses, fires by hand, and what became of fires. */
@Path("schedules")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class SchedulesResource {

    private static final int LONGEST_VALUE = 500;

    private final Schedules schedules;

    @Inject
    SchedulesResource(Schedules schedules) {
        this.schedules = schedules;
    }

    @GET
    @Allow(Role.VIEWER)
    public Items<ScheduleView> list() {
        return Items.of(schedules.list(), ScheduleView::of);
    }

    @GET
    @Path("{name}")
    @Allow(Role.VIEWER)
    public Response get(@PathParam("name") String name) {
        return whole(schedules.get(name));
    }

    /** The body is the schedule, with its name; a note says why. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    public Response create(@Context SecurityContext security, @Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent);
        String name = body.text("name", Wire.line(100));
        String note = body.note();
        if (!body.has("name")) {
            body.wrong("name: it is missing; expected the schedule's name");
        }
        body.done();
        ScheduleStatus created = schedules.create(name, body.without("name", "note"), actor(security), note);
        return Response.created(URI.create("/api/v1/schedules/" + created.name()))
                .tag(tag(created))
                .entity(ScheduleView.of(created))
                .build();
    }

    /** The body is the whole schedule; what it leaves out has its default from then on. */
    @PUT
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    public Response change(
            @PathParam("name") String name,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent);
        String note = body.note();
        body.done();
        Long expected = Versions.expected(headers);
        return whole(changing(
                name, expected, () -> schedules.change(name, body.without("note"), expected, actor(security), note)));
    }

    @DELETE
    @Path("{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.ADMIN)
    public Deleted delete(
            @PathParam("name") String name,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody sent) {
        String note = note(sent);
        Long expected = Versions.expected(headers);
        return changing(name, expected, () -> {
            schedules.delete(name, expected, actor(security), note);
            return new Deleted(name, true);
        });
    }

    record Deleted(String name, boolean deleted) {}

    @POST
    @Path("{name}/pause")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response pause(@PathParam("name") String name, @Context SecurityContext security, @Nullable JsonBody sent) {
        String note = note(sent);
        return whole(schedules.pause(name, actor(security), note));
    }

    @POST
    @Path("{name}/resume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response resume(@PathParam("name") String name, @Context SecurityContext security, @Nullable JsonBody sent) {
        String note = note(sent);
        return whole(schedules.resume(name, actor(security), note));
    }

    @POST
    @Path("{name}/trigger")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public TriggeredView trigger(
            @PathParam("name") String name, @Context SecurityContext security, @Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent).knowing("payload", "max_retries", "cells", "note");
        JsonNode payload = Json.stored(body.object("payload"));
        Integer maxRetries = body.textOrNumber("max_retries", Wire.integer(0, 100_000));
        Map<String, String> cells = cells(body);
        String note = body.note();
        body.done();
        return TriggeredView.of(
                schedules.trigger(name, new ManualFire(payload, maxRetries, cells), actor(security), note));
    }

    private static Map<String, String> cells(JsonBody body) {
        Map<String, String> cells = new LinkedHashMap<>();
        JsonNode given = Json.stored(body.object("cells"));
        if (given != null) {
            given.properties().forEach(value -> {
                String text = value.getValue().asText();
                if (!value.getValue().isValueNode() || text.length() > LONGEST_VALUE) {
                    body.wrong("cells." + Wire.cleaned(value.getKey(), 80) + ": expected a text, number or boolean");
                }
                cells.put(value.getKey(), text);
            });
        }
        return cells;
    }

    @GET
    @Path("{name}/fires")
    @Allow(Role.VIEWER)
    @Parameters({"limit", "cursor"})
    public Items<FireView> fires(@PathParam("name") String name, @Context UriInfo uri) {
        Query query = new Query(uri);
        int limit = query.number("limit", 1, 200, 50);
        String cursor = query.one("cursor", Wire.line(1_000));
        query.done();
        var page = schedules.fires(name, limit, cursor);
        return new Items<>(page.items().stream().map(FireView::of).toList(), page.next());
    }

    // ----

    private static @Nullable String note(@Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent).knowing("note");
        String note = body.note();
        body.done();
        return note;
    }

    private <T> T changing(String name, @Nullable Long expected, Supplier<T> change) {
        try {
            return change.get();
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.STALE || expected == null) {
                throw problem;
            }
            throw new StaleVersion(
                    problem, expected, schedules.get(name).definition().version());
        }
    }

    private static Actor actor(SecurityContext security) {
        return Caller.of(security).actor();
    }

    private static EntityTag tag(ScheduleStatus schedule) {
        return new EntityTag(Long.toString(schedule.definition().version()));
    }

    private static Response whole(ScheduleStatus schedule) {
        return Response.ok(ScheduleView.of(schedule)).tag(tag(schedule)).build();
    }
}
