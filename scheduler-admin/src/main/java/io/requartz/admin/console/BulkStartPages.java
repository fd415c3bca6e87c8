package io.requartz.admin.console;

import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRequest;
import io.requartz.node.RequartzNode;
import io.requartz.problem.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way to a bulk action: a list's choice, the page that says what would be done, and the beginning. */
@Path("bulk-actions")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class BulkStartPages {

    private static final int LONGEST_FILTER = 4_000;

    private final RequartzNode node;
    private final BulkActions actions;
    private final Frames frames;
    private final Acts acts;

    @Inject
    BulkStartPages(RequartzNode node, Glance glance, Frames frames) {
        this.node = node;
        this.actions = node.bulkActions();
        this.frames = frames;
        this.acts = new Acts(glance);
    }

    /** What was ticked on a list, or all that match its filters, becomes an address that changes nothing yet. */
    @POST
    @Path("pick")
    @Allow(Role.OPERATOR)
    public Response pick(@Context ContainerRequestContext request) {
        Form form = Form.of(request);
        BulkKind kind = BulkChoice.kind(form.text("kind"));
        String to = "/bulk-actions/new?kind=" + kind.label();
        if ("all".equals(form.text("which"))) {
            return Go.to(to + "&all=true" + filter(form.text("filter")));
        }
        List<String> ids = form.all("run").stream().map(Wire::runId).toList();
        if (ids.isEmpty()) {
            Problem nothing = Problem.invalid(
                    "Nothing is ticked.", "Tick those that you mean, or choose all that match the filters.");
            return acts.said(request, acts.back(request, BulkChoice.list(kind)), Acts.told(nothing));
        }
        return Go.to(to + ids.stream().map(id -> "&run=" + id).collect(Collectors.joining()));
    }

    private static String filter(@Nullable String query) {
        if (query == null) {
            return "";
        }
        if (query.length() > LONGEST_FILTER || !query.matches("[!-~]*")) {
            throw Problem.invalid("That is not a list's filter.", "Choose on the list itself.");
        }
        return "&" + query;
    }

    /** What would be done, to how many, and how fast. */
    @GET
    @Path("new")
    @Allow(Role.OPERATOR)
    public Object page(@Context UriInfo uri, @Context ContainerRequestContext request) {
        MultivaluedMap<String, String> given = Filters.parameters(uri);
        BulkKind kind = BulkChoice.kind(given.getFirst("kind"));
        try {
            return page(request, given, Typed.NOTHING, null);
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.INVALID) {
                throw problem;
            }
            return acts.said(request, BulkChoice.list(kind), Acts.told(problem));
        }
    }

    /**
     * What a person has written into the form.
     *
     * @param rate as it was typed
     */
    private record Typed(String rate, String note) {

        static final Typed NOTHING = new Typed(Integer.toString(BulkRequest.USUAL_RATE), "");
    }

    private BulkStartPage page(
            ContainerRequestContext request, MultivaluedMap<String, String> given, Typed typed, @Nullable Flash wrong) {
        Times times = frames.times();
        Visit visit = Visit.of(request);
        BulkChoice choice = BulkChoice.read(given, visit.session().caller().getName(), times.now());
        long matched = actions.matching(choice.meant());
        int chosen = choice.meant().ids().size();
        return new BulkStartPage(
                frames.of(visit, BulkWords.title(choice.kind()), Section.BULK_ACTIONS),
                BulkWords.verb(choice.kind()),
                Words.count(matched, BulkWords.noun(choice.kind())),
                matched,
                BulkWords.effect(choice.kind()),
                chosen > matched ? missing(chosen - matched, chosen) : "",
                BulkWords.which(choice.meant(), Titles.of(node), times),
                choice.fields(),
                choice.kind().paced(),
                typed.rate,
                choice.kind().paced() ? lasts(matched) : "",
                choice.kind() == BulkKind.REJECT_DEAD_LETTERS,
                typed.note,
                choice.kind() == BulkKind.CANCEL_RUNS || choice.kind() == BulkKind.REJECT_DEAD_LETTERS,
                choice.kind().ofDeadLetters() ? "Dead letters" : "Runs",
                choice.back(),
                wrong);
    }

    private static String missing(long missing, int chosen) {
        return Words.number(missing) + " of the " + Words.number(chosen)
                + " that you ticked cannot be dealt with so any more: they have changed, or are running.";
    }

    private static String lasts(long matched) {
        Duration all = Duration.ofSeconds(Math.max(0, matched - 1)).dividedBy(BulkRequest.USUAL_RATE);
        return "At " + BulkRequest.USUAL_RATE + " a second the last of them is due "
                + (all.toMillis() < 1_000 ? "within a second." : "after " + Times.span(all) + ".");
    }

    @POST
    @Path("begin")
    @Allow(Role.OPERATOR)
    public Response begin(@Context ContainerRequestContext request) {
        Form form = Form.of(request);
        MultivaluedMap<String, String> given = form.without(Form.TOKEN, "rate", "note");
        Visit visit = Visit.of(request);
        BulkChoice choice = BulkChoice.read(
                given, visit.session().caller().getName(), frames.times().now());
        try {
            BulkRequest wish =
                    BulkRequest.of(choice.kind(), choice.meant(), true, rate(choice.kind(), form), form.note());
            BulkAction action = actions.begin(wish, visit.actor());
            return acts.said(
                    request,
                    BulkActionRow.href(action.id()),
                    Flash.done("The bulk action has begun. It is about what matches now, "
                            + Words.count(action.progress().matched(), BulkWords.noun(choice.kind()))
                            + "; what matches later is left alone."));
        } catch (Problem problem) {
            Typed typed = new Typed(Words.orEmpty(form.text("rate")), Words.orEmpty(form.text("note")));
            return Response.status(400)
                    .entity(page(request, given, typed, Acts.told(problem)))
                    .build();
        }
    }

    private static @Nullable Integer rate(BulkKind kind, Form form) {
        String typed = form.text("rate");
        if (!kind.paced() || typed == null) {
            return null;
        }
        MultivaluedMap<String, String> field = new MultivaluedHashMap<>();
        field.add("rate", typed.strip());
        Query query = new Query(field);
        Integer rate = query.one("rate", Wire.integer(1, BulkRequest.FASTEST));
        query.done();
        return rate;
    }
}
