package io.requartz.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.Plugins;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;

/**
 * Job types that stand in one scope: {@code hourly} (gated, never retried by itself), {@code scripted} (gated, retried) and
 * {@code daily} (a probe, retried).
 */
public final class ScopedTypes {

    private static final JsonMapper JSON = new JsonMapper();

    private ScopedTypes() {}

    public static Plugins plugins() {
        return Plugins.builder()
                .configured(ScopedTypes::configured)
                .add(ScriptedJob.class)
                .add(ScriptedProbeJob.class)
                .add(ScriptedHourlyJob.class)
                .build();
    }

    /** With its place in the scope. */
    public static JobTypeDefinition configured(JobTypeDefinition type) {
        RetryPolicy policy = type.name().equals("hourly")
                ? RetryPolicyFormat.parse(json("{'backoff': 'schedule', 'retry-on': 'all'}"), type.policy())
                : type.policy();
        return new JobTypeDefinition(
                type.name(),
                type.plugin(),
                type.title(),
                type.description(),
                type.jobClass(),
                policy,
                type.timeLimit(),
                type.payloadSchema(),
                type.exclusive(),
                new Standing("sync", type.name().equals("daily") ? Stands.PROBE : Stands.GATED));
    }

    public static DefinitionSet definitions() {
        return definitions("");
    }

    /** @param more keys that differ, with a comma before: {@code , 'disable-after': 5} */
    public static DefinitionSet definitions(String more) {
        return DefinitionSet.EMPTY.with(DefinitionKind.SCOPE, "sync", json("""
                {'dimensions': ['restaurant_id', 'platform'], 'label': '{restaurant_name} on {platform}', 'release': '2/s',
                 'log': {
                    'failed': '{title} failed for {label} (attempt {failures}/{limit}): {message}',
                    'disabled': 'Disabling automatic sync for {label} after {limit} failures. Manual intervention required.',
                    'manual': 'Manual sync triggered for restaurant {restaurant_id} on {platform}',
                    're-enabled-manual': 'Re-enabled automatic sync for {label} after successful manual sync',
                    're-enabled': 'Re-enabled automatic sync for {label} after successful sync'}
                %s}""".formatted(more)));
    }

    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** A payload of a restaurant that is called by its number. */
    public static String payload(int restaurant, String... script) {
        return ("{'restaurant_id': %d, 'platform': 'uber_eats', 'restaurant_name': 'Le Bouzou %1$d', 'script': ['"
                        + String.join("', '", script) + "']}")
                .formatted(restaurant)
                .replace('\'', '"');
    }
}
