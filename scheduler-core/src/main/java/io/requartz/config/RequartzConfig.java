package io.requartz.config;

import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.retry.RetryPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * All that a node is told before it starts. Immutable and valid. {@link ConfigLoader} reads it from a file; an application that
 * embeds a node begins with {@link #of} and changes areas:
 *
 * <pre>{@code
 * RequartzConfig.of("shop-1", Path.of("data")).withDatabase(DatabaseConfig.at("jdbc:postgresql://db/shop"))
 * }</pre>
 *
 * @param retry the policy of every type that does not say otherwise
 * @param types by name of the job type
 * @param definitions policies, scopes and schedules
 */
public record RequartzConfig(
        NodeConfig node,
        DatabaseConfig database,
        ClusterConfig cluster,
        WorkersConfig workers,
        HttpConfig http,
        PluginsConfig plugins,
        LimitsConfig limits,
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
                RetryPolicy.DEFAULT,
                Map.of(),
                DefinitionSet.EMPTY);
    }

    /** The type with what this configuration says about it; itself if nothing. */
    public JobTypeDefinition configured(JobTypeDefinition type) {
        TypeConfig said = types.get(type.name());
        return said == null ? type : said.over(type);
    }

    public RequartzConfig withNode(NodeConfig changed) {
        return new RequartzConfig(
                changed, database, cluster, workers, http, plugins, limits, retry, types, definitions);
    }

    public RequartzConfig withDatabase(DatabaseConfig changed) {
        return new RequartzConfig(node, changed, cluster, workers, http, plugins, limits, retry, types, definitions);
    }

    public RequartzConfig withCluster(ClusterConfig changed) {
        return new RequartzConfig(node, database, changed, workers, http, plugins, limits, retry, types, definitions);
    }

    public RequartzConfig withWorkers(WorkersConfig changed) {
        return new RequartzConfig(node, database, cluster, changed, http, plugins, limits, retry, types, definitions);
    }

    public RequartzConfig withHttp(HttpConfig changed) {
        return new RequartzConfig(
                node, database, cluster, workers, changed, plugins, limits, retry, types, definitions);
    }

    public RequartzConfig withPlugins(PluginsConfig changed) {
        return new RequartzConfig(node, database, cluster, workers, http, changed, limits, retry, types, definitions);
    }

    public RequartzConfig withLimits(LimitsConfig changed) {
        return new RequartzConfig(node, database, cluster, workers, http, plugins, changed, retry, types, definitions);
    }

    public RequartzConfig withRetry(RetryPolicy changed) {
        return new RequartzConfig(node, database, cluster, workers, http, plugins, limits, changed, types, definitions);
    }

    public RequartzConfig withTypes(Map<String, TypeConfig> changed) {
        return new RequartzConfig(node, database, cluster, workers, http, plugins, limits, retry, changed, definitions);
    }

    public RequartzConfig withDefinitions(DefinitionSet changed) {
        return new RequartzConfig(node, database, cluster, workers, http, plugins, limits, retry, types, changed);
    }
}
