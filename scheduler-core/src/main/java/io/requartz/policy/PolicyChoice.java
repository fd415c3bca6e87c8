package io.requartz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which named policy a type's runs follow. Immutable.
 *
 * @param policy a name, or a form of names such as {@code message-{message_type}}, filled in from the payload's top-level fields;
 *     null: none
 * @param otherwise the name that counts where the form gives none that exists; null: none
 */
public record PolicyChoice(String policy, String otherwise) {

    /** The type follows no named policy. */
    public static final PolicyChoice NONE = new PolicyChoice(null, null);

    /** The keys in a type's settings. */
    public static final String POLICY = "policy";

    public static final String OTHERWISE = "policy-default";

    private static final Pattern FORM = Pattern.compile("(?:[A-Za-z0-9_.-]|\\{[A-Za-z0-9_.-]{1,100}\\}){1,200}");
    private static final Pattern FIELD = Pattern.compile("\\{([^}]*)\\}");

    /** @throws IllegalArgumentException if a part is not of its form */
    public PolicyChoice {
        if (policy != null && !(FORM.matcher(policy).matches() && !policy.equals(PolicyNames.DEFAULT))) {
            throw new IllegalArgumentException("policy is \"" + policy
                    + "\"; expected the name of a policy, or a form of names as message-{message_type}");
        }
        if (otherwise != null && !PolicyNames.isOwn(otherwise)) {
            throw new IllegalArgumentException(
                    "policy-default is \"" + otherwise + "\"; expected the name of a policy: " + PolicyNames.form());
        }
        if (otherwise != null && policy == null) {
            throw new IllegalArgumentException("policy-default is given without policy; write policy alone");
        }
    }

    /** What the keys of a type's policy say of it. */
    static PolicyChoice of(JsonNode keys) {
        return new PolicyChoice(text(keys, POLICY), text(keys, OTHERWISE));
    }

    private static String text(JsonNode keys, String key) {
        JsonNode value = keys.has(key) ? keys.get(key) : keys.get(key.replace('-', '_'));
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(key + " is " + value + "; expected the name of a policy");
        }
        return value.textValue();
    }

    /** The same keys without those of the choice: what remains is a retry policy's. */
    static ObjectNode without(JsonNode keys) {
        ObjectNode rest = keys.deepCopy();
        return rest.remove(List.of(POLICY, OTHERWISE, OTHERWISE.replace('-', '_')));
    }

    /** Whether it takes a payload to know the policy. */
    public boolean asksPayload() {
        return policy != null && policy.contains("{");
    }

    /** The policy of a run; empty if none that exists is meant. */
    Optional<String> name(JsonNode payload, Predicate<String> exists) {
        Optional<String> meant =
                Optional.ofNullable(asksPayload() ? filled(payload) : policy).filter(exists);
        return meant.isPresent() ? meant : Optional.ofNullable(otherwise).filter(exists);
    }

    /** Null if a field is not there, or is no single value. */
    private String filled(JsonNode payload) {
        StringBuilder name = new StringBuilder();
        Matcher field = FIELD.matcher(policy);
        while (field.find()) {
            JsonNode value = payload.get(field.group(1));
            if (value == null || value.isNull() || value.isContainerNode()) {
                return null;
            }
            field.appendReplacement(name, Matcher.quoteReplacement(value.asText()));
        }
        return field.appendTail(name).toString();
    }

    /** Whether some payload leads to this policy. */
    public boolean mayMean(String name) {
        return name.equals(otherwise) || (policy != null && form().matcher(name).matches());
    }

    private Pattern form() {
        StringBuilder form = new StringBuilder();
        Matcher field = FIELD.matcher(policy);
        int end = 0;
        while (field.find()) {
            form.append(Pattern.quote(policy.substring(end, field.start()))).append(".*");
            end = field.end();
        }
        return Pattern.compile(form.append(Pattern.quote(policy.substring(end))).toString());
    }
}
