package io.requartz.admin.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.console.ScheduleForms.Place;
import io.requartz.admin.console.ScheduleForms.Typed;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.schedule.ScheduleFormat;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Set;

/** Making a schedule. */
@Path("new-schedule")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class NewSchedulePages {

    private static final String PATH = "/new-schedule";

    private final RequartzNode node;
    private final ScheduleForms forms;
    private final Acts acts;

    @Inject
    NewSchedulePages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.forms = new ScheduleForms(node, frames);
        this.acts = new Acts(glance);
    }

    /** The address may say what it begins with: a job type, or another schedule that it is to be like. */
    @GET
    @Allow(Role.ADMIN)
    public ScheduleFormPage form(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Query query = Filters.of(uri, Set.of("like", "type")).query();
        String like = query.one("like", Wire.line(100));
        String type = query.one("type", Wire.line(100));
        query.done();
        ObjectNode begun = JsonNodeFactory.instance.objectNode();
        if (like != null) {
            begun.setAll((ObjectNode) node.schedules().get(like).effective());
        }
        if (type != null) {
            begun.put("type", type);
        }
        return forms.first(request, place(""), begun);
    }

    private static Place place(String name) {
        return new Place(
                "New schedule",
                "It makes runs by itself as soon as it is saved.",
                PATH,
                "/schedules",
                "Schedules",
                name,
                "");
    }

    /** Saved, or only looked at: what was typed is shown again unless it could be taken. */
    @POST
    @Allow(Role.ADMIN)
    public Response create(@Context ContainerRequestContext request) {
        Form form = Form.of(request);
        String name = Words.orEmpty(form.text("name")).strip();
        String note = Words.orEmpty(form.text("note"));
        Typed typed = ScheduleForms.typed(ScheduleFields.of(form), JsonNodeFactory.instance.objectNode());
        Place place = place(name);
        if (form.text("preview") != null) {
            return Response.ok(forms.page(request, place, ScheduleForms.onlyTiming(typed), note, List.of(), null))
                    .build();
        }
        try {
            ScheduleFormat.requireName(name);
        } catch (IllegalArgumentException refused) {
            typed.flaws().put("name", String.valueOf(refused.getMessage()));
        }
        if (!typed.flaws().isEmpty()) {
            Flash wrong = ScheduleForms.flawed(typed.flaws());
            return Response.status(400)
                    .entity(forms.page(request, place, typed, note, List.of(), wrong))
                    .build();
        }
        try {
            node.schedules().create(name, typed.definition(), Visit.of(request).actor(), form.note());
        } catch (Problem problem) {
            return Response.status(ScheduleForms.status(problem))
                    .entity(forms.page(request, place, typed, note, List.of(), Acts.told(problem)))
                    .build();
        }
        return acts.said(request, ScheduleRow.href(name), Flash.done(name + " is made, and fires from now on."));
    }
}
