package io.requartz.admin.console;

import io.requartz.admin.console.Filters.Option;
import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.admin.rest.WrongValue;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What lists of dead letters can be narrowed to. */
final class LetterFilters {

    static final Set<String> KNOWN =
            Set.of("status", "type", "reason", "category", "fingerprint", "whose", "assignee", "since");

    private static final String ANY = "any";
    private static final String MINE = "mine";
    private static final String NOBODYS = "nobody";

    private LetterFilters() {}

    /**
     * Without a status, the open ones: the others need nobody.
     *
     * @param me who looks
     */
    static DeadLetterFilter read(Filters filters, Query query, String me, Instant now) {
        DeadLetterStatus status = filters.text("status").equals(ANY)
                ? null
                : filters.has("status")
                        ? query.one("status", Wire.oneOf(DeadLetterStatus.class, false))
                        : DeadLetterStatus.OPEN;
        return new DeadLetterFilter(
                status,
                query.one("type", Wire.line(100)),
                query.one("reason", Wire.oneOf(DeadLetterReason.class, true)),
                query.one("category", Wire::category),
                query.one("fingerprint", Wire.line(100)),
                assignee(filters, query, me),
                query.one("since", Filters.since(now)),
                null);
    }

    private static @Nullable String assignee(Filters filters, Query query, String me) {
        if (!filters.has("whose")) {
            return query.one("assignee", Wire.line(100));
        }
        return query.one("whose", text -> switch (text) {
            case MINE -> me;
            case NOBODYS -> "";
            default -> throw new WrongValue(Wire.quoted(text) + " is unknown; expected " + MINE + " or " + NOBODYS);
        });
    }

    static List<Option> statuses(Filters filters) {
        return filters.options(
                "status",
                "Open",
                List.of(
                        Option.of(DeadLetterStatus.RETRIED.name(), "Retried"),
                        Option.of(DeadLetterStatus.RESOLVED.name(), "Resolved"),
                        Option.of(DeadLetterStatus.REJECTED.name(), "Rejected"),
                        Option.of(ANY, "Open and closed")));
    }

    static List<Option> reasons(Filters filters) {
        return filters.options(
                "reason",
                "Any reason",
                Arrays.stream(DeadLetterReason.values())
                        .map(reason -> Option.of(reason.label(), Words.spaced(reason.label())))
                        .toList());
    }

    static List<Option> whose(Filters filters) {
        return filters.options(
                "whose", "Anybody's", List.of(Option.of(MINE, "Assigned to me"), Option.of(NOBODYS, "Nobody's")));
    }
}
