package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Role;
import io.requartz.definition.Definition;
import io.requartz.problem.Problem;
import io.requartz.run.Actor;
import io.requartz.scope.ScopeFilter;
import io.requartz.scope.ScopeStatus;
import io.requartz.scope.Scopes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scopes: their counts, which are disabled, and what a person does about it. */
@Path("scopes")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class ScopesResource {

    private static final String SCOPE = "scope";
    private static final String DISABLED = "disabled";
    private static final String FAILING = "failing";
    private static final String LIMIT = "limit";
    private static final String CURSOR = "cursor";
    private static final List<String> NAMED = List.of(SCOPE, DISABLED, FAILING, LIMIT, CURSOR);

    private final Scopes scopes;

    @Inject
    ScopesResource(Scopes scopes) {
        this.scopes = scopes;
    }

    /** Every other parameter is a dimension: {@code ?restaurant_id=1}. */
    @GET
    @Allow(Role.VIEWER)
    @Parameters(Parameters.ANY)
    public Items<ScopeView> list(@Context UriInfo uri) {
        Query query = new Query(uri);
        ScopeFilter filter = new ScopeFilter(
                query.one(SCOPE, Wire.line(100)),
                query.one(DISABLED, ScopesResource::flag),
                Boolean.TRUE.equals(query.one(FAILING, ScopesResource::flag)),
                dimensions(query, uri, NAMED));
        int limit = query.number(LIMIT, 1, 200, 50);
        String cursor = query.one(CURSOR, Cursor::read);
        query.done();
        return Items.of(scopes.list(filter, limit, cursor), ScopeView::of);
    }

    private static Boolean flag(String text) throws WrongValue {
        if (!text.equals("true") && !text.equals("false")) {
            throw new WrongValue(Wire.quoted(text) + " is neither true nor false");
        }
        return Boolean.valueOf(text);
    }

    private static Map<String, String> dimensions(Query query, UriInfo uri, List<String> others) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        for (String name : uri.getQueryParameters().keySet()) {
            String value = others.contains(name) ? null : query.one(name, Wire.line(200));
            if (value != null) {
                dimensions.put(name, value);
            }
        }
        return dimensions;
    }

    @GET
    @Path("{id}")
    @Allow(Role.VIEWER)
    public ScopeView get(@PathParam("id") String id) {
        return ScopeView.of(scopes.get(scopeId(id)));
    }

    /** Without parameters all scopes; each parameter is a dimension that they must have. */
    @POST
    @Path("reset")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    @Parameters(Parameters.ANY)
    public ScopeView.Reset reset(@Context UriInfo uri, @Context SecurityContext security, @Nullable JsonBody sent) {
        Query query = new Query(uri);
        Map<String, String> dimensions = dimensions(query, uri, List.of());
        query.done();
        return ScopeView.Reset.of(scopes.reset(dimensions, Caller.of(security).actor(), note(sent)));
    }

    private interface Act {
        ScopeStatus on(long id, Actor by, @Nullable String note);
    }

    private static ScopeView act(String id, SecurityContext security, @Nullable JsonBody sent, Act act) {
        return ScopeView.of(act.on(scopeId(id), Caller.of(security).actor(), note(sent)));
    }

    @POST
    @Path("{id}/reset")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public ScopeView resetOne(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        return act(id, security, sent, scopes::reset);
    }

    @POST
    @Path("{id}/enable")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public ScopeView enable(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        return act(id, security, sent, scopes::enable);
    }

    @POST
    @Path("{id}/disable")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public ScopeView disable(@PathParam("id") String id, @Context SecurityContext security, @Nullable JsonBody sent) {
        return act(id, security, sent, scopes::disable);
    }

    private static @Nullable String note(@Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent).knowing("note");
        String note = body.note();
        body.done();
        return note;
    }

    private static long scopeId(String text) {
        try {
            return Wire.number(text);
        } catch (WrongValue notANumber) {
            throw Problem.notFound(
                    "There is no scope " + Wire.quoted(text) + "; scopes are numbered.",
                    "GET /api/v1/scopes lists them with their ids.");
        }
    }

    @GET
    @Path("definitions")
    @Allow(Role.VIEWER)
    public Items<ScopeDefinitionView> definitions() {
        return Items.of(scopes.definitions(), ScopeDefinitionView::of);
    }

    @GET
    @Path("definitions/{name}")
    @Allow(Role.VIEWER)
    public Response definition(@PathParam("name") String name) {
        return whole(scopes.definition(name));
    }

    /** {@code live} is all that is to differ from configuration; null or absent: nothing. */
    @PUT
    @Path("definitions/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Response change(
            @PathParam("name") String name,
            @Context SecurityContext security,
            @Context HttpHeaders headers,
            @Nullable JsonBody sent) {
        JsonBody body = JsonBody.orEmpty(sent).knowing("live", "note");
        String live = body.object("live");
        String note = body.note();
        body.done();
        Long expected = Versions.expected(headers);
        JsonNode keys = Json.stored(live);
        try {
            return whole(scopes.change(name, keys, expected, Caller.of(security).actor(), note));
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.STALE || expected == null) {
                throw problem;
            }
            throw new StaleVersion(problem, expected, scopes.definition(name).version());
        }
    }

    private static Response whole(Definition definition) {
        return Response.ok(ScopeDefinitionView.of(definition))
                .tag(new EntityTag(Long.toString(definition.version())))
                .build();
    }
}
