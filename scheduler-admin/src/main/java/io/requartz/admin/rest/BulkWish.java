package io.requartz.admin.rest;

import io.requartz.admin.security.Caller;
import io.requartz.bulk.BulkAction;
import io.requartz.bulk.BulkActions;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRequest;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.run.RunFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request for one act on all that match: the filter in the query, as lists have it, the rest in the body. */
final class BulkWish {

    private final BulkKind kind;
    private final @Nullable Integer rate;
    private final @Nullable String note;
    private final List<String> ids;

    private BulkWish(BulkKind kind, @Nullable JsonBody sent) {
        this.kind = kind;
        JsonBody body = kind.paced()
                ? JsonBody.orEmpty(sent).knowing("note", "ids", "rate_per_second")
                : JsonBody.orEmpty(sent).knowing("note", "ids");
        this.rate = body.textOrNumber("rate_per_second", Wire.integer(1, BulkRequest.FASTEST));
        this.note = body.note();
        this.ids =
                Objects.requireNonNullElse(body.texts("ids", BulkRequest.MOST_IDS, Wire::runIdText), List.<String>of());
        if (kind == BulkKind.REJECT_DEAD_LETTERS && !body.has("note")) {
            body.wrong("note: it is missing; a rejection needs a word about why");
        }
        body.done();
    }

    static Response runs(BulkActions actions, BulkKind kind, Query query, SecurityContext by, @Nullable JsonBody sent) {
        RunFilter filter = RunsResource.filter(query);
        Flags flags = Flags.of(query);
        BulkWish wish = new BulkWish(kind, sent);
        return wish.answer(actions, new BulkCriteria(filter, null, wish.ids), flags, by);
    }

    static Response letters(
            BulkActions actions, BulkKind kind, Query query, SecurityContext by, @Nullable JsonBody sent) {
        DeadLetterFilter filter = DeadLettersResource.filter(query);
        Flags flags = Flags.of(query);
        BulkWish wish = new BulkWish(kind, sent);
        return wish.answer(actions, new BulkCriteria(null, filter, wish.ids), flags, by);
    }

    private record Flags(boolean all, boolean dryRun) {

        static Flags of(Query query) {
            Flags flags = new Flags(query.flag("all"), query.flag("dry-run"));
            query.done();
            return flags;
        }
    }

    /** @param matched how many there are now */
    record DryRun(boolean dryRun, long matched) {}

    private Response answer(BulkActions actions, BulkCriteria criteria, Flags flags, SecurityContext by) {
        BulkRequest request = BulkRequest.of(kind, criteria, flags.all(), rate, note);
        if (flags.dryRun()) {
            return Response.ok(new DryRun(true, actions.dryRun(request))).build();
        }
        BulkAction action = actions.begin(request, Caller.of(by).actor());
        return Response.accepted(BulkActionView.of(action))
                .location(URI.create(Api.ROOT + "/bulk-actions/" + action.id()))
                .build();
    }
}
