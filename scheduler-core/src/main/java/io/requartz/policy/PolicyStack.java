package io.requartz.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.requartz.definition.Definition;
import io.requartz.retry.PolicyLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The levels that a policy is made of, the lowest first: {@code retry:} and its live change, the plugin, the named policy, the type's
 * own settings, then the live changes of these two. Pure.
 */
public final class PolicyStack {

    private final Function<String, Optional<Definition>> definitions;

    /** @param definitions the policy definitions, retired ones too */
    public PolicyStack(Function<String, Optional<Definition>> definitions) {
        this.definitions = definitions;
    }

    /** Whether a run may follow a policy of this name. */
    boolean exists(String name) {
        return PolicyNames.isOwn(name)
                && definitions.apply(name).filter(found -> !found.retired()).isPresent();
    }

    List<PolicyLevel> ofDefault() {
        List<PolicyLevel> levels = new ArrayList<>();
        add(levels, "configuration: retry", configured(PolicyNames.DEFAULT));
        add(levels, "live: default", live(PolicyNames.DEFAULT));
        return levels;
    }

    List<PolicyLevel> ofNamed(String name) {
        List<PolicyLevel> levels = ofDefault();
        add(levels, "configuration: policies." + name, configured(name));
        add(levels, "live: " + name, live(name));
        return levels;
    }

    /**
     * @param pluginSays what the type's plugin says
     * @param named the named policy that it follows; null: none
     */
    public List<PolicyLevel> ofType(String type, String plugin, JsonNode pluginSays, String named) {
        String own = PolicyNames.ofType(type);
        List<PolicyLevel> levels = ofDefault();
        add(levels, "plugin: " + plugin, pluginSays);
        if (named != null) {
            add(levels, "configuration: policies." + named, configured(named));
        }
        add(levels, "configuration: types." + type, PolicyChoice.without(configured(own)));
        if (named != null) {
            add(levels, "live: " + named, live(named));
        }
        add(levels, "live: " + own, PolicyChoice.without(live(own)));
        return levels;
    }

    /** What the type's own settings say of the named policy to follow. */
    public PolicyChoice choice(String type) {
        String own = PolicyNames.ofType(type);
        try {
            PolicyChoice live = PolicyChoice.of(live(own));
            return live.policy() != null ? live : PolicyChoice.of(configured(own));
        } catch (IllegalArgumentException unreadable) {
            return PolicyChoice.NONE;
        }
    }

    /** What configuration says now: of what is gone from it, nothing. */
    private JsonNode configured(String name) {
        return definitions
                .apply(name)
                .filter(found -> !found.retired())
                .map(Definition::configured)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** A named policy ends when configuration drops it; what people said of a type or of the default stays. */
    private JsonNode live(String name) {
        return definitions
                .apply(name)
                .filter(found -> !found.retired() || !PolicyNames.isOwn(name))
                .map(Definition::live)
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private static void add(List<PolicyLevel> levels, String source, JsonNode keys) {
        if (!keys.isEmpty()) {
            levels.add(new PolicyLevel(source, keys));
        }
    }
}
