package io.requartz.admin.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys of a policy as they are typed: {@code max-attempts=3}, {@code backoff={linear: 10s}}. */
final class PolicyKeys {

    private static final YAMLMapper YAML = new YAMLMapper();

    private PolicyKeys() {}

    /** By key; null nodes for those without value. */
    static Map<String, JsonNode> read(List<String> typed) {
        Map<String, JsonNode> keys = new LinkedHashMap<>();
        for (String each : typed) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw CliFailure.usage("'" + each + "' is no KEY=VALUE.", "Write it as in max-attempts=3.");
            }
            keys.put(
                    each.substring(0, equals).strip(),
                    value(each, each.substring(equals + 1).strip()));
        }
        return keys;
    }

    private static JsonNode value(String typed, String text) {
        if (text.isEmpty()) {
            return NullNode.getInstance();
        }
        try {
            return YAML.readTree(text);
        } catch (JacksonException broken) {
            throw CliFailure.usage(
                    "'" + typed + "' has a value that cannot be read: " + broken.getOriginalMessage(),
                    "Write it as in 'backoff={linear: 10s}', in quotes for the shell.");
        }
    }

    /** On one line, without JSON's quotation marks. */
    static String brief(JsonNode value) {
        return value instanceof TextNode text
                ? text.textValue()
                : value.toString().replace("\"", "");
    }
}
