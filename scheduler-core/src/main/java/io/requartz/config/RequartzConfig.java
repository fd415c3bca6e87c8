package io.requartz.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.definition.Definition;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.policy.PolicyNames;
import io.requartz.policy.PolicyStack;
import io.requartz.retry.PolicyLevel;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that a node is told before it starts. Immutable and valid. {@link ConfigLoader} reads it from a file; an application that
 * embeds a node begins with {@link #of} and changes areas:
 *
 * <pre>{@code
 * RequartzConfig.of("shop-1", Path.of("data")).withDatabase(DatabaseConfig.at("jdbc:postgresql://db/shop"))
 * }</pre>
 *
 * @param errors what failures are, beside what ships
 * @param retry the policy of every type that does not say otherwise; change it by {@link #withRetry}, as it is among the
 *     definitions too
 * @param types by name of the job type
 * @param definitions policies, scopes and schedules, but for what {@code types} say
 */
public record RequartzConfig(
        NodeConfig node,
        DatabaseConfig database,
        ClusterConfig cluster,
        WorkersConfig workers,
        HttpConfig http,
        PluginsConfig plugins,
        LimitsConfig limits,
        ErrorsConfig errors,
        RetryPolicy retry,
        Map<String, TypeConfig> types,
        DefinitionSet definitions) {

    public RequartzConfig {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(cluster, "cluster");
        Objects.requireNonNull(workers, "workers");
        Objects.requireNonNull(http, "http");
        Objects.requireNonNull(plugins, "plugins");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(errors, "errors");
        Objects.requireNonNull(retry, "retry");
        types = Map.copyOf(types);
        Objects.requireNonNull(definitions, "definitions");
    }

    /** Defaults everywhere: an embedded H2 database in {@code data}, plugins from {@code plugins} in the working directory. */
    public static RequartzConfig of(String nodeId, Path data) {
        return new RequartzConfig(
                NodeConfig.of(nodeId, data),
                DatabaseConfig.embedded(data),
                ClusterConfig.DEFAULT,
                WorkersConfig.DEFAULT,
                HttpConfig.DEFAULT,
                new PluginsConfig(Path.of("plugins")),
                LimitsConfig.DEFAULT,
                ErrorsConfig.DEFAULT,
                RetryPolicy.DEFAULT,
                Map.of(),
                DefinitionSet.EMPTY);
    }

    /**
     * The type with what this configuration says about it; itself if nothing.
     *
     * @throws IllegalArgumentException if its plugin's retry policy and what lies over it contradict each other
     */
    public JobTypeDefinition configured(JobTypeDefinition type) {
        TypeConfig said = types.get(type.name());
        JobTypeDefinition configured = said == null ? type : said.over(type);
        DefinitionSet all = defined();
        PolicyStack stack = new PolicyStack(
                name -> Optional.ofNullable(all.of(DefinitionKind.POLICY).get(name))
                        .map(keys -> new Definition(DefinitionKind.POLICY, name, keys, null, 0, null, null, false)));
        List<PolicyLevel> levels = stack.ofType(type.name(), type.plugin(), type.retry(), null);
        List<String> contradictions =
                ResolvedPolicy.of(levels, errors.declared()).leftOut();
        if (!contradictions.isEmpty()) {
            throw new IllegalArgumentException(contradictions.get(0));
        }
        return configured;
    }

    /** All that this configuration defines, what it says of the retries of single types included. */
    public DefinitionSet defined() {
        DefinitionSet all = definitions;
        for (Map.Entry<String, TypeConfig> type : types.entrySet()) {
            ObjectNode keys = type.getValue().policyKeys();
            if (!keys.isEmpty()) {
                all = all.with(DefinitionKind.POLICY, PolicyNames.ofType(type.getKey()), keys);
            }
        }
        return all;
    }

    public RequartzConfig withNode(NodeConfig changed) {
        return new RequartzConfig(
                changed, database, cluster, workers, http, plugins, limits, errors, retry, types, definitions);
    }

    public RequartzConfig withDatabase(DatabaseConfig changed) {
        return new RequartzConfig(
                node, changed, cluster, workers, http, plugins, limits, errors, retry, types, definitions);
    }

    public RequartzConfig withCluster(ClusterConfig changed) {
        return new RequartzConfig(
                node, database, changed, workers, http, plugins, limits, errors, retry, types, definitions);
    }

    public RequartzConfig withWorkers(WorkersConfig changed) {
        return new RequartzConfig(
                node, database, cluster, changed, http, plugins, limits, errors, retry, types, definitions);
    }

    public RequartzConfig withHttp(HttpConfig changed) {
        return new RequartzConfig(
                node, database, cluster, workers, changed, plugins, limits, errors, retry, types, definitions);
    }

    public RequartzConfig withPlugins(PluginsConfig changed) {
        return new RequartzConfig(
                node, database, cluster, workers, http, changed, limits, errors, retry, types, definitions);
    }

    public RequartzConfig withLimits(LimitsConfig changed) {
        return new RequartzConfig(
                node, database, cluster, workers, http, plugins, changed, errors, retry, types, definitions);
    }

    public RequartzConfig withErrors(ErrorsConfig changed) {
        return new RequartzConfig(
                node, database, cluster, workers, http, plugins, limits, changed, retry, types, definitions);
    }

    public RequartzConfig withRetry(RetryPolicy changed) {
        DefinitionSet defined =
                definitions.with(DefinitionKind.POLICY, PolicyNames.DEFAULT, RetryPolicyFormat.write(changed));
        return new RequartzConfig(
                node, database, cluster, workers, http, plugins, limits, errors, changed, types, defined);
    }

    public RequartzConfig withTypes(Map<String, TypeConfig> changed) {
        return new RequartzConfig(
                node, database, cluster, workers, http, plugins, limits, errors, retry, changed, definitions);
    }

    public RequartzConfig withDefinitions(DefinitionSet changed) {
        return new RequartzConfig(
                node, database, cluster, workers, http, plugins, limits, errors, retry, types, changed);
    }
}
