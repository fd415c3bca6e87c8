package io.requartz.admin.rest;

import io.requartz.admin.security.AdminToken;
import io.requartz.config.ClusterConfig;
import io.requartz.config.HttpConfig;
import io.requartz.config.LimitsConfig;
import io.requartz.config.PluginsConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.node.RequartzNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A real node on an embedded H2 database in a directory of the test's, with {@link TestJobs} as a plugin, and its HTTP server. */
final class TestServer implements AutoCloseable {

    static final String TOKEN = "rq_only-for-these-tests-0123456789";

    private final RequartzNode node;
    private final HttpServer http;

    private TestServer(RequartzNode node, HttpServer http) {
        this.node = node;
        this.http = http;
    }

    static TestServer start(Path directory) throws IOException {
        return start(directory, limits -> limits);
    }

    static TestServer start(Path directory, UnaryOperator<HttpLimits> limits) throws IOException {
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        packJobs(plugins.resolve("test-jobs-1.0.jar"));
        RequartzConfig config = RequartzConfig.of("rest-test", directory.resolve("data"))
                .withPlugins(new PluginsConfig(plugins))
                .withCluster(new ClusterConfig(
                        "requartz", Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofMillis(50)));
        RequartzNode node = RequartzNode.open(config);
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

    private static void packJobs(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            for (Class<?> job : TestJobs.class.getClasses()) {
                String name = job.getName().replace('.', '/') + ".class";
                entries.putNextEntry(new JarEntry(name));
                try (InputStream bytes = job.getClassLoader().getResourceAsStream(name)) {
                    bytes.transferTo(entries);
                }
            }
        }
    }

    RequartzNode node() {
        return node;
    }

    HttpServer http() {
        return http;
    }

    int port() {
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
