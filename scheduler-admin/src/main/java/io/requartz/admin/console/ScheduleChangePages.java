package io.requartz.admin.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.console.ScheduleFacts.Difference;
import io.requartz.admin.console.ScheduleForms.Place;
import io.requartz.admin.console.ScheduleForms.Typed;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.schedule.ScheduleFormat;
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
import java.util.List;

/** Changing a schedule. */
@Path("schedules/{name}/change")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class ScheduleChangePages {

    private final RequartzNode node;
    private final Schedules schedules;
    private final ScheduleForms forms;
    private final Acts acts;

    @Inject
    ScheduleChangePages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.schedules = node.schedules();
        this.forms = new ScheduleForms(node, frames);
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.ADMIN)
    public ScheduleFormPage form(@PathParam("name") String name, @Context ContainerRequestContext request) {
        ScheduleStatus status = schedules.get(name);
        return forms.first(request, place(status, version(status)), effective(status));
    }

    private Place place(ScheduleStatus status, String version) {
        String title = status.schedule() == null ? status.name() : ScheduleRow.title(status.schedule());
        ScheduleOrigin origin = ScheduleOrigin.of(node, status);
        String sentence = origin.source() == ScheduleOrigin.Source.LIVE
                ? "A change of the times counts from the moment it is saved."
                : "It comes from " + (origin.plugin().isEmpty() ? "configuration" : "plugin " + origin.plugin())
                        + "; what you change here lies over that. A change of the times counts from the moment it is saved.";
        String href = ScheduleRow.href(status.name());
        return new Place("Change " + title, sentence, href + "/change", href, title, null, version);
    }

    private static String version(ScheduleStatus status) {
        return Long.toString(status.definition().version());
    }

    private static ObjectNode effective(ScheduleStatus status) {
        return ScheduleFormat.normal(status.effective());
    }

    /** Saved, or only looked at: what was typed is shown again unless it could be taken. */
    @POST
    @Allow(Role.ADMIN)
    public Response change(@PathParam("name") String name, @Context ContainerRequestContext request) {
        Form form = Form.of(request);
        String note = Words.orEmpty(form.text("note"));
        ScheduleStatus status = schedules.get(name);
        Place place = place(status, form.version() == null ? "" : form.version().toString());
        Typed typed = ScheduleForms.typed(ScheduleFields.of(form), effective(status));
        if (form.text("preview") != null) {
            return Response.ok(forms.page(request, place, ScheduleForms.onlyTiming(typed), note, List.of(), null))
                    .build();
        }
        if (!typed.flaws().isEmpty()) {
            Flash wrong = ScheduleForms.flawed(typed.flaws());
            return Response.status(400)
                    .entity(forms.page(request, place, typed, note, List.of(), wrong))
                    .build();
        }
        if (typed.definition().equals(effective(status))
                && form.version() != null
                && form.version() == status.definition().version()) {
            return acts.said(request, place.back(), Flash.done("Nothing was changed: it was like that before."));
        }
        try {
            schedules.change(
                    name, typed.definition(), form.version(), Visit.of(request).actor(), form.note());
        } catch (Problem problem) {
            return problem.kind() == Problem.Kind.STALE
                    ? stale(request, name, form, problem)
                    : Response.status(ScheduleForms.status(problem))
                            .entity(forms.page(request, place, typed, note, List.of(), Acts.told(problem)))
                            .build();
        }
        return acts.said(request, place.back(), Flash.done(name + " is changed."));
    }

    /** Shows theirs and the person's side by side; saving once more is then meant over theirs. */
    private Response stale(ContainerRequestContext request, String name, Form form, Problem problem) {
        node.definitions().refresh();
        ScheduleStatus theirs = schedules.get(name);
        Typed typed = ScheduleForms.typed(ScheduleFields.of(form), effective(theirs));
        List<Difference> differences = ScheduleFacts.differences(typed.definition(), theirs.effective());
        Flash told = new Flash(
                false,
                Words.line(problem.getMessage(), 500),
                differences.isEmpty()
                        ? "Both say the same by now."
                        : "Below is what it says now beside what you have typed. Saving again puts yours in its place.");
        return Response.status(412)
                .entity(forms.page(
                        request,
                        place(theirs, version(theirs)),
                        typed,
                        Words.orEmpty(form.text("note")),
                        differences,
                        told))
                .build();
    }
}
