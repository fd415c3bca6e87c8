package io.requartz.admin.rest;

import io.requartz.admin.security.AdminToken;
import io.requartz.config.ClusterConfig;
import io.requartz.config.HttpConfig;
import io.requartz.config.LimitsConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.definition.DefinitionSet;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A real node on an embedded H2 database in a directory of the test's, with {@link TestJobs}, and its HTTP server. */
public final class TestServer implements AutoCloseable {

    public static final String TOKEN = "rq_only-for-these-tests-0123456789";

    private final RequartzNode node;
    private final HttpServer http;

    private TestServer(RequartzNode node, HttpServer http) {
        this.node = node;
        this.http = http;
    }

    public static TestServer start(Path directory) {
        return start(directory, limits -> limits);
    }

    static TestServer start(Path directory, UnaryOperator<HttpLimits> limits) {
        return start(directory, config -> config, plugins(), limits);
    }

    /** With what configuration defines. */
    public static TestServer start(Path directory, DefinitionSet definitions) {
        return start(directory, config -> config.withDefinitions(definitions), plugins(), limits -> limits);
    }

    private static Plugins plugins() {
        return Plugins.builder()
                .add(TestJobs.Hello.class)
                .add(TestJobs.Broken.class)
                .add(TestJobs.Flaky.class)
                .add(TestJobs.Hostile.class)
                .build();
    }

    static TestServer start(
            Path directory, UnaryOperator<RequartzConfig> settings, Plugins plugins, UnaryOperator<HttpLimits> limits) {
        RequartzConfig config = settings.apply(RequartzConfig.of("rest-test", directory.resolve("data"))
                .withCluster(new ClusterConfig(
                        "requartz", Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(50))));
        RequartzNode node = RequartzNode.open(config, plugins);
        try {
            node.start();
            HttpServer http = HttpServer.start(
                    node,
                    new HttpConfig("127.0.0.1", 0),
                    AdminToken.open(config.node().data(), Map.of(AdminToken.VARIABLE, TOKEN)),
                    limits.apply(HttpLimits.of(LimitsConfig.DEFAULT)));
            return new TestServer(node, http);
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    public RequartzNode node() {
        return node;
    }

    HttpServer http() {
        return http;
    }

    public int port() {
        return http.port();
    }

    /** With the right token. */
    Calls calls() {
        return new Calls(port(), TOKEN);
    }

    @Override
    public void close() {
        http.stop();
        node.close();
    }
}
