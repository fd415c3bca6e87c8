package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.deadletter.DeadLetter;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterGroup;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.deadletter.DeadLetters;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.run.Page;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What waits for a person, and what people decided. */
@Path("dead-letters")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class DeadLetterPages {

    private static final int PART = 50;
    private static final int GROUPS = 100;

    private final RequartzNode node;
    private final DeadLetters letters;
    private final Frames frames;
    private final Acts acts;

    @Inject
    DeadLetterPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.letters = node.deadLetters();
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public DeadLetterListPage list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Asked asked = asked(uri, request);
        Query query = asked.filters.query();
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        Page<DeadLetter> found = letters.list(asked.filter, PART, cursor);
        Titles titles = Titles.of(node);
        Map<String, String> scopes = node.scopes()
                .labels(found.items().stream().map(DeadLetter::runId).toList());
        String next = Cursor.write(found.next());
        return new DeadLetterListPage(
                frames.of(Visit.of(request), "Dead letters", Section.DEAD_LETTERS),
                sentence(asked.filter),
                LetterFilterForm.of(asked.filters, types(), false),
                found.items().stream()
                        .map(letter -> DeadLetterRow.of(letter, titles, scopes.get(letter.runId()), asked.times))
                        .toList(),
                asked.open()
                        ? BulkBar.ofLetters(
                                asked.filters.address(), found.items().size(), cursor == null && next == null)
                        : null,
                cursor == null ? "" : asked.filters.href(LetterFilterForm.LIST, ""),
                next == null ? "" : asked.filters.href(LetterFilterForm.LIST, next));
    }

    /** Those that failed alike as one row. */
    @GET
    @Path("groups")
    @Allow(Role.VIEWER)
    public DeadLetterGroupsPage groups(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Asked asked = asked(uri, request);
        List<DeadLetterGroup> found = letters.groups(asked.filter, GROUPS + 1);
        Titles titles = Titles.of(node);
        return new DeadLetterGroupsPage(
                frames.of(Visit.of(request), "Dead letters", Section.DEAD_LETTERS),
                sentence(asked.filter) + " Grouped by what went wrong, the largest group first.",
                LetterFilterForm.of(asked.filters, types(), true),
                found.stream()
                        .limit(GROUPS)
                        .map(group -> DeadLetterGroupRow.of(group, asked.filters, asked.open(), titles, asked.times))
                        .toList(),
                found.size() > GROUPS);
    }

    /** What a list is asked for. */
    private record Asked(Filters filters, DeadLetterFilter filter, Times times) {

        boolean open() {
            return filter.status() == DeadLetterStatus.OPEN;
        }
    }

    private Asked asked(UriInfo uri, ContainerRequestContext request) {
        Filters filters = Filters.of(uri, LetterFilters.KNOWN);
        Times times = frames.times();
        Query query = filters.query();
        DeadLetterFilter filter = LetterFilters.read(filters, query, me(request), times.now());
        query.done();
        return new Asked(filters, filter, times);
    }

    private static String me(ContainerRequestContext request) {
        return Visit.of(request).session().caller().getName();
    }

    private static String sentence(DeadLetterFilter filter) {
        String which = filter.fingerprint() == null ? "" : " These failed alike: same category, exception and message.";
        return filter.status() == DeadLetterStatus.OPEN
                ? "Runs that will not be tried again until you say so." + which
                : "Runs that were given up, and what people made of them." + which;
    }

    private List<Option> types() {
        return node.control().jobTypes().stream()
                .map(type -> Option.of(type.name(), Titles.title(type)))
                .toList();
    }

    /** The ticked ones get somebody who looks after them; whatever cannot be assigned is told, and stops no other. */
    @POST
    @Path("assign")
    @Allow(Role.OPERATOR)
    public Response assignMany(@Context ContainerRequestContext request) {
        return acts.act(request, LetterFilterForm.LIST, () -> {
            Form form = Form.of(request);
            List<String> ids = form.all("run").stream().map(Wire::runId).toList();
            if (ids.isEmpty() || "all".equals(form.text("which"))) {
                throw Problem.invalid("Nothing is ticked.", "Tick those that somebody is to look after.");
            }
            String assignee = assignee(form, request);
            List<String> refused = new ArrayList<>();
            for (String id : ids) {
                try {
                    letters.assign(id, assignee, Visit.of(request).actor(), form.note());
                } catch (Problem problem) {
                    refused.add(String.valueOf(problem.getMessage()));
                }
            }
            String done = assigned(Words.count(ids.size() - refused.size(), "dead letter"), assignee);
            return refused.isEmpty()
                    ? Flash.done(done)
                    : new Flash(refused.size() < ids.size(), done + " " + Words.line(refused.get(0), 300), null);
        });
    }

    @POST
    @Path("{id}/assign")
    @Allow(Role.OPERATOR)
    public Response assign(@PathParam("id") String id, @Context ContainerRequestContext request) {
        String runId = Wire.runId(id);
        return acts.act(request, RunRow.href(runId), () -> {
            String assignee = assignee(Form.of(request), request);
            letters.assign(
                    runId, assignee, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done(assigned("The dead letter", assignee));
        });
    }

    /** Null: nobody. */
    private static @Nullable String assignee(Form form, ContainerRequestContext request) {
        String to = form.text("to");
        if ("me".equals(to)) {
            return me(request);
        }
        if ("nobody".equals(to)) {
            return null;
        }
        String name = form.text("assignee");
        if (name == null) {
            throw Problem.invalid("No name was given.", "Write who is to look after it, a person or a team.");
        }
        return name.strip();
    }

    private static String assigned(String what, @Nullable String assignee) {
        return assignee == null ? what + ": nobody's now." : what + ": assigned to " + Words.line(assignee, 100) + ".";
    }

    @POST
    @Path("{id}/resolve")
    @Allow(Role.OPERATOR)
    public Response resolve(@PathParam("id") String id, @Context ContainerRequestContext request) {
        String runId = Wire.runId(id);
        return acts.act(request, RunRow.href(runId), () -> {
            letters.resolve(runId, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("The dead letter is resolved.");
        });
    }

    @POST
    @Path("{id}/reject")
    @Allow(Role.OPERATOR)
    public Response reject(@PathParam("id") String id, @Context ContainerRequestContext request) {
        String runId = Wire.runId(id);
        return acts.act(request, RunRow.href(runId), () -> {
            letters.reject(runId, Visit.of(request).actor(), Form.of(request).note());
            return Flash.done("The dead letter is rejected.");
        });
    }
}
