package io.requartz.admin.console;

import io.requartz.admin.rest.Query;
import io.requartz.admin.rest.Wire;
import io.requartz.bulk.BulkCriteria;
import io.requartz.bulk.BulkKind;
import io.requartz.bulk.BulkRequest;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.problem.Problem;
import io.requartz.run.RunFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person wants done and to which, as address and form have it: the kind, and either the ticked ones or a list's filters.
 *
 * @param meant what is left open is filled in
 * @param fields the same for a form, with times that do not move on
 * @param back the list that it came from
 */
record BulkChoice(BulkKind kind, BulkCriteria meant, List<Map.Entry<String, String>> fields, String back) {

    private static final String KIND = "kind";
    private static final String RUN = "run";
    private static final String ALL = "all";

    /**
     * @param given an address's query, or a form's fields
     * @param me who asks
     * @throws Problem of kind INVALID if that cannot be done, or nothing is meant
     */
    static BulkChoice read(MultivaluedMap<String, String> given, String me, Instant now) {
        BulkKind kind = kind(given.getFirst(KIND));
        Set<String> known = new HashSet<>(kind.ofDeadLetters() ? LetterFilters.KNOWN : RunFilters.KNOWN);
        known.addAll(Set.of(KIND, RUN, ALL));
        Filters filters = Filters.of(given, known);
        Query query = filters.query();
        List<String> ids = query.all(RUN, Wire::runIdText);
        boolean all = "true".equals(filters.text(ALL));
        BulkCriteria wished = kind.ofDeadLetters()
                ? new BulkCriteria(null, LetterFilters.read(filters, query, me, now), ids)
                : new BulkCriteria(chosen(kind, ids, RunFilters.read(query, now)), null, ids);
        query.done();
        return new BulkChoice(
                kind, BulkRequest.meant(kind, wished, all), fields(filters, wished), back(kind, filters, ids));
    }

    static BulkKind kind(@Nullable String label) {
        for (BulkKind kind : BulkKind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw Problem.invalid("Nothing says what is to be done.", "Choose it on the list of runs or dead letters.");
    }

    /** Whoever ticks a run means it, in whatever state it is. */
    private static RunFilter chosen(BulkKind kind, List<String> ids, RunFilter filter) {
        return ids.isEmpty() || !filter.states().isEmpty() ? filter : filter.withStates(kind.possibleStates());
    }

    private static List<Map.Entry<String, String>> fields(Filters filters, BulkCriteria wished) {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        filters.each((name, value) -> {
            Instant since = since(wished);
            fields.add(Map.entry(name, name.equals("since") && since != null ? since.toString() : value));
        });
        return fields;
    }

    private static @Nullable Instant since(BulkCriteria wished) {
        DeadLetterFilter letters = wished.letters();
        return letters == null ? wished.runs().since() : letters.since();
    }

    private static String back(BulkKind kind, Filters filters, List<String> ids) {
        String list = list(kind);
        return ids.isEmpty() ? filters.without(Set.of(KIND, RUN, ALL)).href(list, "") : list;
    }

    static String list(BulkKind kind) {
        return kind.ofDeadLetters() ? "/dead-letters" : "/runs";
    }
}
