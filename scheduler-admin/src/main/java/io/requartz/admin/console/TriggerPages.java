package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.console.TriggerPage.Axis;
import io.requartz.admin.rest.Json;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.rest.WrongValue;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.schedule.ManualFire;
import io.requartz.schedule.Schedule;
import io.requartz.schedule.ScheduleStatus;
import io.requartz.schedule.Schedules;
import io.requartz.schedule.Triggered;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Triggering a schedule by hand: as it is, or part of its matrix, or with other parameters for once. */
@Path("schedules/{name}/trigger")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class TriggerPages {

    private static final String CELL = "cell.";
    private static final int MOST_RETRIES = 100_000;

    private final RequartzNode node;
    private final Schedules schedules;
    private final Glance glance;
    private final Frames frames;
    private final Acts acts;

    @Inject
    TriggerPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.schedules = node.schedules();
        this.glance = glance;
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.OPERATOR)
    public Object form(@PathParam("name") String name, @Context ContainerRequestContext request) {
        ScheduleStatus status = schedules.get(name);
        Schedule schedule = status.schedule();
        return schedule == null
                ? Go.to(ScheduleRow.href(name))
                : page(request, status, schedule, new Typed(Map.of(), "", "", ""), null);
    }

    /** @param cells chosen values, by axis */
    private record Typed(Map<String, String> cells, String payload, String retries, String note) {

        static Typed of(Form form, List<MatrixAxis> axes) {
            Map<String, String> cells = new LinkedHashMap<>();
            for (MatrixAxis axis : axes) {
                String chosen = form.text(CELL + axis.name());
                if (chosen != null) {
                    cells.put(axis.name(), chosen);
                }
            }
            return new Typed(
                    cells,
                    Words.orEmpty(form.text("payload")),
                    Words.orEmpty(form.text("retries")).strip(),
                    Words.orEmpty(form.text("note")));
        }

        /** Whether the form had anything to fill in at all. */
        boolean asItIs() {
            return cells.isEmpty() && payload.isEmpty() && retries.isEmpty();
        }

        ManualFire wish() {
            JsonNode fields = payload.isEmpty() ? null : Json.stored(Json.object("the payload", payload));
            return new ManualFire(fields, retries.isEmpty() ? null : number(retries), cells);
        }

        private static Integer number(String text) {
            try {
                return Wire.integer(0, MOST_RETRIES).read(text);
            } catch (WrongValue wrong) {
                throw Problem.invalid("Retries: " + wrong.getMessage() + ".", "Mend the number.");
            }
        }
    }

    /** What was typed is shown again if it cannot be taken. */
    @POST
    @Allow(Role.OPERATOR)
    public Response trigger(@PathParam("name") String name, @Context ContainerRequestContext request) {
        ScheduleStatus status = schedules.get(name);
        Typed typed = Typed.of(Form.of(request), axes(status));
        try {
            Triggered fired = schedules.trigger(
                    name,
                    typed.wish(),
                    Visit.of(request).actor(),
                    Form.of(request).note());
            String own =
                    fired.runs().size() == 1 ? RunRow.href(fired.runs().get(0).id()) : ScheduleRow.href(name);
            return acts.said(
                    request,
                    acts.back(request, own),
                    Flash.done(Words.line(name, 100) + " was triggered by hand: "
                            + Words.count(fired.runs().size(), "run") + " made."));
        } catch (Problem problem) {
            if (typed.asItIs() || status.schedule() == null) {
                return acts.said(request, acts.back(request, ScheduleRow.href(name)), Acts.told(problem));
            }
            return Response.status(ScheduleForms.status(problem))
                    .entity(page(request, status, status.schedule(), typed, Acts.told(problem)))
                    .build();
        }
    }

    private TriggerPage page(
            ContainerRequestContext request,
            ScheduleStatus status,
            Schedule schedule,
            Typed typed,
            @Nullable Flash wrong) {
        ScheduleRow row = ScheduleRow.of(
                status, ScheduleOrigin.of(node, status), List.of(), glance.status(), Titles.of(node), frames.times());
        return new TriggerPage(
                frames.of(Visit.of(request), "Trigger " + row.title(), Section.SCHEDULES),
                row,
                axes(status).stream().map(axis -> choice(axis, typed)).toList(),
                schedule.cells().size(),
                typed.payload(),
                schedule.payload().isEmpty()
                        ? ""
                        : Words.harmless(Json.pretty(schedule.payload().toString())),
                typed.retries(),
                typed.note(),
                wrong);
    }

    private static List<MatrixAxis> axes(ScheduleStatus status) {
        return MatrixAxis.of(status.effective().path("matrix"));
    }

    private static Axis choice(MatrixAxis axis, Typed typed) {
        String chosen = typed.cells().getOrDefault(axis.name(), "");
        List<Option> values = new ArrayList<>();
        values.add(new Option("", "all " + axis.values().size(), chosen.isEmpty()));
        axis.values()
                .forEach(value -> values.add(
                        new Option(value.text(), value.label(), value.text().equals(chosen))));
        return new Axis(Words.line(axis.name(), 60), CELL + axis.name(), values);
    }
}
