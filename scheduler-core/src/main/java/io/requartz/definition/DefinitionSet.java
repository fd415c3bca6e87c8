package io.requartz.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** What one node's configuration defines, each thing as an object of keys. Immutable; the objects are not to be changed. */
public final class DefinitionSet {

    public static final DefinitionSet EMPTY = new DefinitionSet(new EnumMap<>(DefinitionKind.class));

    private final Map<DefinitionKind, Map<String, JsonNode>> all;

    private DefinitionSet(Map<DefinitionKind, Map<String, JsonNode>> all) {
        this.all = all;
    }

    /** This set, and one more definition, or another in its place. */
    public DefinitionSet with(DefinitionKind kind, String name, JsonNode body) {
        Map<DefinitionKind, Map<String, JsonNode>> more = new EnumMap<>(DefinitionKind.class);
        all.forEach((each, byName) -> more.put(each, new TreeMap<>(byName)));
        more.computeIfAbsent(kind, each -> new TreeMap<>()).put(name, body);
        return new DefinitionSet(more);
    }

    /** By name, in its order. */
    public Map<String, JsonNode> of(DefinitionKind kind) {
        return Collections.unmodifiableMap(all.getOrDefault(kind, Map.of()));
    }

    /** The same for the same definitions, on every node: 64 hexadecimal digits. */
    String hash() {
        ObjectNode text = JsonNodeFactory.instance.objectNode();
        for (DefinitionKind kind : DefinitionKind.values()) {
            ObjectNode names = text.putObject(kind.name());
            of(kind).forEach(names::set);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
