package io.requartz.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the event of an edit keeps: the difference, and the payload as it was unless that is too large to be kept twice. */
final class EditDetail {

    private static final int LARGEST_PAYLOAD = 256 * 1024;
    private static final int LARGEST = 1_000_000;

    private EditDetail() {}

    /** Null if nothing changes that is kept. */
    static String of(Run before, RunEdit edit) {
        if (edit.payload() != null) {
            return of(before, edit.payload());
        }
        return edit.policy() == null
                ? null
                : JsonNodeFactory.instance
                        .objectNode()
                        .put("policy_before", before.origin().policy())
                        .toString();
    }

    /** JSON: {@code changes} (kind, path, from, to), {@code changes_left_out}, {@code payload_before}, {@code payload_version_before}. */
    static String of(Run before, String payload) {
        PayloadDifference difference = PayloadDifference.between(before.payload(), payload);
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("payload_version_before", before.payloadVersion());
        ArrayNode changes = detail.putArray("changes");
        difference.changes().forEach(change -> {
            ObjectNode one = changes.addObject();
            one.put("kind", change.kind().label());
            one.put("path", change.path());
            put(one, "from", change.from());
            put(one, "to", change.to());
        });
        if (difference.leftOut() > 0) {
            detail.put("changes_left_out", difference.leftOut());
        }
        if (before.payload().length() <= LARGEST_PAYLOAD) {
            detail.put("payload_before", before.payload());
        }
        String text = detail.toString();
        return text.length() <= LARGEST ? text : shorter(before, difference);
    }

    /** Names of members may be as long as the payload. */
    private static String shorter(Run before, PayloadDifference difference) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("payload_version_before", before.payloadVersion())
                .put("changes_left_out", difference.changes().size() + difference.leftOut())
                .toString();
    }

    private static void put(ObjectNode one, String name, JsonNode value) {
        if (value != null) {
            one.set(name, value);
        }
    }
}
