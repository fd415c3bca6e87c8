package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.Query;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.audit.AuditFilter;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.run.Page;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleRepository.FireCount;
import io.requartz.schedule.ScheduleRepository.FireWithRun;
import io.requartz.schedule.ScheduleStatus;
import io.requartz.schedule.Schedules;
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
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One schedule: when it fires, what came of it, and what people may do with it. */
@Path("schedules/{name}")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class SchedulePages {

    private static final int PART = 200;
    private static final int CHANGES = 20;

    private final RequartzNode node;
    private final Schedules schedules;
    private final Glance glance;
    private final Frames frames;
    private final Acts acts;

    @Inject
    SchedulePages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.schedules = node.schedules();
        this.glance = glance;
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public SchedulePage page(
            @PathParam("name") String name, @Context UriInfo uri, @Context ContainerRequestContext request) {
        Filters filters = Filters.of(uri, Set.of());
        Query query = filters.query();
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        ScheduleStatus status = schedules.get(name);
        Page<FireWithRun> fires = schedules.fires(name, PART, cursor);
        Times times = frames.times();
        Titles titles = Titles.of(node);
        ScheduleOrigin origin = ScheduleOrigin.of(node, status);
        List<FireCount> newest = schedules.newest(List.of(name)).getOrDefault(name, List.of());
        ScheduleRow row = ScheduleRow.of(status, origin, newest, glance.status(), titles, times);
        Schedule schedule = status.schedule();
        String next = Cursor.write(fires.next());
        return new SchedulePage(
                frames.of(Visit.of(request), row.title(), Section.SCHEDULES),
                row,
                Long.toString(status.definition().version()),
                schedule == null ? "" : schedule.zone().getId(),
                schedule == null ? List.of() : NextFire.of(status.next(), schedule, times),
                grid(status, times),
                ScheduleFacts.of(status, origin, titles, times),
                payload(schedule),
                Words.harmless(Json.pretty(status.effective().toString())),
                ScheduleFacts.overridden(status),
                origin.base(),
                status.definition().configured() == null,
                status.definition().configured() != null && status.definition().live() != null,
                FireGroup.of(
                        fires.items(),
                        next != null,
                        schedule == null ? 1 : schedule.cells().size(),
                        times),
                cursor == null ? "" : filters.href(row.href(), ""),
                next == null ? "" : filters.href(row.href(), next),
                changes(name, times));
    }

    private @Nullable CellGrid grid(ScheduleStatus status, Times times) {
        JsonNode matrix = status.effective().path("matrix");
        return status.schedule() == null || matrix.isEmpty()
                ? null
                : CellGrid.of(status.schedule(), matrix, schedules.byCell(status.schedule()), times);
    }

    private static String payload(@Nullable Schedule schedule) {
        return schedule == null || schedule.payload().isEmpty()
                ? ""
                : Words.harmless(Json.pretty(schedule.payload().toString()));
    }

    private List<ScheduleChange> changes(String name, Times times) {
        AuditFilter ofThis = new AuditFilter(null, null, "schedule", name, null, null);
        return node.audit().list(ofThis, CHANGES, null).items().stream()
                .map(entry -> ScheduleChange.of(entry, times))
                .toList();
    }

    @POST
    @Path("pause")
    @Allow(Role.OPERATOR)
    public Response pause(@PathParam("name") String name, @Context ContainerRequestContext request) {
        return acts.act(request, ScheduleRow.href(name), () -> {
            schedules.pause(name, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done(Words.line(name, 100) + " is paused; what falls into the pause is not made up for.");
        });
    }

    @POST
    @Path("resume")
    @Allow(Role.OPERATOR)
    public Response resume(@PathParam("name") String name, @Context ContainerRequestContext request) {
        return acts.act(request, ScheduleRow.href(name), () -> {
            schedules.resume(name, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done(Words.line(name, 100) + " is resumed, and goes on from now.");
        });
    }

    @POST
    @Path("delete")
    @Allow(Role.ADMIN)
    public Response delete(@PathParam("name") String name, @Context ContainerRequestContext request) {
        Form form = Form.of(request);
        try {
            schedules.delete(name, form.version(), Visit.of(request).actor(), form.note());
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            return acts.said(request, ScheduleRow.href(name), Acts.told(problem));
        }
        return acts.said(
                request, "/schedules", Flash.done(Words.line(name, 100) + " is deleted; its runs and fires stay."));
    }

    /** Takes all live changes back. */
    @POST
    @Path("back-to-configuration")
    @Allow(Role.ADMIN)
    public Response backToConfiguration(@PathParam("name") String name, @Context ContainerRequestContext request) {
        return acts.act(request, ScheduleRow.href(name), () -> {
            Form form = Form.of(request);
            ScheduleStatus status = schedules.get(name);
            JsonNode configured = status.definition().configured();
            if (configured == null) {
                throw Problem.conflict(
                        "Schedule '" + name + "' was made live; there is nothing to go back to.",
                        "Change it, or delete it.");
            }
            schedules.change(name, configured, form.version(), Visit.of(request).actor(), form.note());
            return Flash.done(Words.line(name, 100) + " is again what "
                    + ScheduleOrigin.of(node, status).base() + " says.");
        });
    }
}
