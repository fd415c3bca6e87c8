package io.requartz.admin.console;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Cursor;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import io.requartz.run.Page;
import io.requartz.run.Run;
import io.requartz.scope.Scope;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeReset;
import io.requartz.scope.ScopeStatus;
import io.requartz.scope.Scopes;
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
import java.util.Optional;
import java.util.Set;

/** Scopes: how many failures in a row each has, and bringing back what was disabled. */
@Path("scopes")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class ScopePages {

    private static final int PART = 50;
    private static final Set<String> KNOWN = Set.of("name", "standing");

    private final RequartzNode node;
    private final Scopes scopes;
    private final Frames frames;
    private final Acts acts;

    @Inject
    ScopePages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.scopes = node.scopes();
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    @GET
    @Allow(Role.VIEWER)
    public ScopeListPage list(@Context UriInfo uri, @Context ContainerRequestContext request) {
        Filters filters = Filters.of(uri, KNOWN);
        Query query = filters.query();
        String name = query.one("name", Wire.line(100));
        String standing = filters.text("standing");
        String cursor = query.one("cursor", Cursor::read);
        query.done();
        Boolean disabled = standing.equals("disabled") ? Boolean.TRUE : null;
        ScopeFilter filter = new ScopeFilter(name, disabled, standing.equals("failing"), Map.of());
        Page<ScopeStatus> found = scopes.list(filter, PART, cursor);
        Times times = frames.times();
        String next = Cursor.write(found.next());
        return new ScopeListPage(
                frames.of(Visit.of(request), "Scopes", Section.SCOPES),
                "What fails too often in a row is disabled here, alone, while the rest goes on.",
                filters.options(
                        "standing",
                        "All of them",
                        List.of(Option.of("disabled", "Disabled"), Option.of("failing", "Failing or disabled"))),
                filters.options("name", "Any scope", names()),
                !filters.none(),
                found.items().stream().map(each -> ScopeRow.of(each, times)).toList(),
                dimensions(),
                cursor == null ? "" : filters.href("/scopes", ""),
                next == null ? "" : filters.href("/scopes", next));
    }

    private List<Option> names() {
        return scopes.definitions().stream()
                .map(definition -> Option.of(definition.name(), definition.name()))
                .toList();
    }

    private List<String> dimensions() {
        return scopes.definitions().stream()
                .flatMap(definition -> strings(definition.effective().path("dimensions")).stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> strings(JsonNode list) {
        List<String> all = new ArrayList<>();
        list.forEach(each -> all.add(each.asText()));
        return all;
    }

    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    public ScopePage page(@PathParam("id") String id, @Context ContainerRequestContext request) {
        ScopeStatus status = scopes.get(id(id));
        ScopeRow row = ScopeRow.of(status, frames.times());
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.text("Scope", Words.line(status.scope().name(), 100)));
        status.scope()
                .dimensions()
                .forEach((name, value) -> facts.add(Fact.text(Words.line(name, 100), Words.line(value, 200))));
        facts.add(Fact.text("Failures in a row", row.count()));
        Optional<Run> last = node.runs().latestInScope(status.scope().id());
        last.ifPresent(run -> facts.addAll(RunPages.madeBy(node, run)));
        return new ScopePage(
                frames.of(Visit.of(request), row.label(), Section.SCOPES),
                row,
                facts,
                last.map(Run::id).map(RunRow::href).orElse(""));
    }

    private static long id(String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw Problem.notFound("There is no scope " + Wire.quoted(text) + ".", "The list of scopes has them all.");
        }
        return Long.parseLong(text);
    }

    @POST
    @Path("{id}/reset")
    @Allow(Role.OPERATOR)
    public Response reset(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return acts.act(request, "/scopes/" + id(id), () -> {
            ScopeStatus now = scopes.reset(
                    id(id), Visit.of(request).actor(), Form.of(request).note());
            return now.scope().state().disabled()
                    ? new Flash(
                            false,
                            "The failures of " + label(now)
                                    + " are counted anew, but a person disabled it, so it stays so.",
                            "Enable it if it may run.")
                    : Flash.done(label(now) + " is reset, and runs again.");
        });
    }

    @POST
    @Path("{id}/enable")
    @Allow(Role.OPERATOR)
    public Response enable(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return acts.act(
                request,
                "/scopes/" + id(id),
                () -> Flash.done(label(scopes.enable(
                                id(id),
                                Visit.of(request).actor(),
                                Form.of(request).note())) + " is enabled."));
    }

    @POST
    @Path("{id}/disable")
    @Allow(Role.OPERATOR)
    public Response disable(@PathParam("id") String id, @Context ContainerRequestContext request) {
        return acts.act(
                request,
                "/scopes/" + id(id),
                () -> Flash.done(label(scopes.disable(
                                id(id),
                                Visit.of(request).actor(),
                                Form.of(request).note()))
                        + " is disabled: its runs are held until a person enables it."));
    }

    /** The latest run of the scope once more, by hand: it passes a disabled scope, and its success enables it. */
    @POST
    @Path("{id}/run")
    @Allow(Role.OPERATOR)
    public Response run(@PathParam("id") String id, @Context ContainerRequestContext request) {
        long scope = id(id);
        return acts.act(request, "/scopes/" + scope, () -> {
            Run last = node.runs()
                    .latestInScope(scope)
                    .orElseThrow(() -> Problem.conflict(
                            "The scope has no run any more that could be run again.",
                            "Submit one, or trigger its schedule."));
            Run now = node.runs()
                    .retryNow(
                            last.id(),
                            Visit.of(request).actor(),
                            Form.of(request).note(),
                            null,
                            null);
            return Flash.done("Run " + now.id() + " was started by hand; its success brings the scope back.");
        });
    }

    /** All, or all with one value of a dimension. Nothing chosen is a mistake: it must not be read as all. */
    @POST
    @Path("reset")
    @Allow(Role.OPERATOR)
    public Response resetMany(@Context ContainerRequestContext request) {
        return acts.act(request, "/scopes", () -> {
            Form form = Form.of(request);
            String dimension = form.text("dimension");
            String value = form.text("value");
            if (dimension == null || (!dimension.equals("*") && value == null)) {
                throw Problem.invalid("No value was given.", "Choose a dimension and give its value, or choose all.");
            }
            Map<String, String> chosen = dimension.equals("*") ? Map.of() : Map.of(dimension, value.strip());
            ScopeReset reset = scopes.reset(chosen, Visit.of(request).actor(), form.note());
            String held = reset.held().isEmpty()
                    ? ""
                    : " " + Words.count(reset.held().size(), "scope")
                            + " stay disabled, because a person disabled them.";
            return Flash.done(
                    reset.reset().isEmpty()
                            ? "There was nothing to reset." + held
                            : "Reset: " + names(reset) + "." + held);
        });
    }

    private static String names(ScopeReset reset) {
        List<String> names = reset.reset().stream()
                .limit(20)
                .map(changed -> label(changed.scope()))
                .toList();
        int more = reset.reset().size() - names.size();
        return String.join(", ", names) + (more == 0 ? "" : " and " + more + " more");
    }

    private static String label(ScopeStatus status) {
        return label(status.scope());
    }

    private static String label(Scope scope) {
        String label = Words.line(scope.label(), 120);
        return label.isEmpty() ? Words.line(scope.key(), 200) : label;
    }
}
