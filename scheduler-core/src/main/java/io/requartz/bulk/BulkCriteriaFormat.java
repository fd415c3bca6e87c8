package io.requartz.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.api.ErrorCategory;
import io.requartz.deadletter.DeadLetterFilter;
import io.requartz.deadletter.DeadLetterReason;
import io.requartz.deadletter.DeadLetterStatus;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Criteria as JSON: the keys are the parameters of the lists, in snake case; what is left open is left out. A key that is not known
 * is refused when read: another version's criteria must not be read as wider than they are.
 */
public final class BulkCriteriaFormat {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String OF = "of";
    private static final String RUNS = "runs";
    private static final String LETTERS = "dead_letters";
    private static final Set<String> RUN_KEYS = Set.of(
            OF,
            "state",
            "type",
            "category",
            "tag",
            "q",
            "since",
            "until",
            "due_before",
            "min_attempts",
            "scope",
            "ids");
    private static final Set<String> LETTER_KEYS =
            Set.of(OF, "status", "type", "reason", "category", "fingerprint", "assignee", "since", "until", "ids");

    private BulkCriteriaFormat() {}

    public static String write(BulkCriteria criteria) {
        ObjectNode json = JSON.createObjectNode();
        if (criteria.runs() != null) {
            writeRuns(json, criteria.runs());
        } else {
            writeLetters(json, criteria.letters());
        }
        if (!criteria.ids().isEmpty()) {
            ArrayNode ids = json.putArray("ids");
            criteria.ids().forEach(ids::add);
        }
        return json.toString();
    }

    private static void writeRuns(ObjectNode json, RunFilter filter) {
        json.put(OF, RUNS);
        if (!filter.states().isEmpty()) {
            ArrayNode states = json.putArray("state");
            filter.states().stream().sorted().forEach(state -> states.add(state.name()));
        }
        put(json, "type", filter.type());
        put(json, "category", filter.category());
        put(json, "tag", filter.tag());
        put(json, "q", filter.text());
        put(json, "since", filter.since());
        put(json, "until", filter.until());
        put(json, "due_before", filter.dueBefore());
        if (filter.minAttempts() > 0) {
            json.put("min_attempts", filter.minAttempts());
        }
        if (filter.scopeId() != null) {
            json.put("scope", filter.scopeId());
        }
    }

    private static void writeLetters(ObjectNode json, DeadLetterFilter filter) {
        json.put(OF, LETTERS);
        put(json, "status", filter.status());
        put(json, "type", filter.type());
        put(json, "reason", filter.reason() == null ? null : filter.reason().label());
        put(json, "category", filter.category());
        put(json, "fingerprint", filter.fingerprint());
        put(json, "assignee", filter.assignee());
        put(json, "since", filter.since());
        put(json, "until", filter.until());
    }

    private static void put(ObjectNode json, String key, Object value) {
        if (value != null) {
            json.put(key, value.toString());
        }
    }

    /** @throws IllegalArgumentException if this code cannot tell what is meant */
    public static BulkCriteria read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            List<String> ids = texts(json.path("ids"));
            return switch (json.path(OF).asText()) {
                case RUNS -> new BulkCriteria(runs(known(json, RUN_KEYS)), null, ids);
                case LETTERS -> new BulkCriteria(null, letters(known(json, LETTER_KEYS)), ids);
                default -> throw new IllegalArgumentException("neither runs nor dead letters are meant");
            };
        } catch (JsonProcessingException | RuntimeException broken) {
            throw new IllegalArgumentException("not the criteria of a bulk action: " + text, broken);
        }
    }

    private static JsonNode known(JsonNode json, Set<String> keys) {
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!keys.contains(name)) {
                throw new IllegalArgumentException("unknown key " + name);
            }
        }
        return json;
    }

    private static RunFilter runs(JsonNode json) {
        return new RunFilter(
                texts(json.path("state")).stream()
                        .map(RunState::valueOf)
                        .collect(Collectors.toCollection(HashSet::new)),
                one(json, "type", text -> text),
                one(json, "category", ErrorCategory::new),
                one(json, "tag", text -> text),
                one(json, "q", text -> text),
                one(json, "since", Instant::parse),
                one(json, "until", Instant::parse),
                one(json, "due_before", Instant::parse),
                json.path("min_attempts").asInt(),
                one(json, "scope", Long::valueOf));
    }

    private static DeadLetterFilter letters(JsonNode json) {
        return new DeadLetterFilter(
                one(json, "status", DeadLetterStatus::valueOf),
                one(json, "type", text -> text),
                one(json, "reason", text -> DeadLetterReason.valueOf(text.toUpperCase(Locale.ROOT))),
                one(json, "category", ErrorCategory::new),
                one(json, "fingerprint", text -> text),
                one(json, "assignee", text -> text),
                one(json, "since", Instant::parse),
                one(json, "until", Instant::parse));
    }

    private static <T> T one(JsonNode json, String key, Function<String, T> form) {
        return json.hasNonNull(key) ? form.apply(json.get(key).asText()) : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}
