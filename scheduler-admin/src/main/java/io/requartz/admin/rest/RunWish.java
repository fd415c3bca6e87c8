package io.requartz.admin.rest;

import static java.util.Objects.requireNonNullElse;

import io.requartz.admin.security.Caller;
import io.requartz.run.Priority;
import io.requartz.run.Submission;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what runs a caller wishes for. */
final class RunWish {

    static final int MOST_AT_ONCE = 1_000;

    private static final String HEADER = "Idempotency-Key";
    private static final String FIELD = "idempotency_key";
    private static final String RUNS = "runs";
    private static final String WANTED_KEY = "of 1 to 200 visible ASCII characters";

    private RunWish() {}

    /** Whether the body is a list of wishes. */
    static boolean isMany(JsonBody body) {
        return body.has(RUNS);
    }

    static Submission one(String type, Caller caller, HttpHeaders headers, JsonBody body) {
        body.knowing("payload", "priority", "at", "delay", "expire_after", "tags", "unique_key", "policy", "manual");
        List<String> given = headers.getRequestHeaders().get(HEADER);
        if (given != null && given.size() > 1) {
            body.wrong(HEADER + ": came " + given.size() + " of them; expected one, " + WANTED_KEY);
        }
        return wish(type, caller, given == null ? null : key(HEADER, given.get(0), body), body);
    }

    /** {@code {"runs": [...]}}, each with the fields of one, and with its key among them. */
    static List<Submission> many(String type, Caller caller, HttpHeaders headers, JsonBody body) {
        body.knowing(RUNS);
        if (headers.getRequestHeaders().containsKey(HEADER)) {
            body.wrong(HEADER + ": is for one run; give each of several its own " + FIELD);
        }
        List<JsonBody> each = body.items(RUNS, MOST_AT_ONCE);
        body.done();
        List<Submission> wishes = new ArrayList<>();
        for (JsonBody one : each) {
            one.knowing(
                    "payload",
                    "priority",
                    "at",
                    "delay",
                    "expire_after",
                    "tags",
                    "unique_key",
                    "policy",
                    "manual",
                    FIELD);
            String key = one.text(FIELD, Wire.line(200));
            wishes.add(wish(type, caller, key == null ? null : key(FIELD, key, one), one));
        }
        return wishes;
    }

    private static Submission wish(String type, Caller caller, @Nullable String key, JsonBody body) {
        String payload = body.object("payload");
        Priority priority = body.text("priority", Wire.oneOf(Priority.class, true));
        Instant at = body.text("at", Wire::instant);
        Duration delay = body.textOrNumber("delay", Wire::duration);
        Duration expireAfter = body.textOrNumber("expire_after", Wire::duration);
        List<String> tags = body.texts("tags", 20, Wire.line(100));
        String uniqueKey = body.text("unique_key", Wire.line(200));
        String policy = body.object("policy");
        boolean manual = body.flag("manual");
        if (body.has("at") && body.has("delay")) {
            body.wrong("at and delay exclude each other; send one of them");
        }
        body.done();
        return Submission.of(type)
                .payload(requireNonNullElse(payload, "{}"))
                .priority(requireNonNullElse(priority, Priority.NORMAL))
                .at(at)
                .delay(delay)
                .expireAfter(expireAfter)
                .tags(requireNonNullElse(tags, List.of()))
                .uniqueWhileOpen(uniqueKey)
                .policy(policy)
                .manual(manual)
                .idempotencyKey(key)
                .by(caller.actor())
                .build();
    }

    /** Only what all agents and proxies pass on unchanged: a key that changes on its way protects from nothing. */
    private static String key(String name, String key, JsonBody body) {
        if (!key.matches("[!-~]([ -~]{0,198}[!-~])?")) {
            body.wrong(name + ": came " + Wire.quoted(key) + "; expected one, " + WANTED_KEY);
        }
        return key;
    }
}
