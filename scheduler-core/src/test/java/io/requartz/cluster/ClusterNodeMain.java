package io.requartz.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.config.ClusterConfig;
import io.requartz.config.DatabaseConfig;
import io.requartz.config.NodeConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.config.Secret;
import io.requartz.config.WorkersConfig;
import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import io.requartz.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A node in a JVM of its own: node id, JDBC URL, user, password, worker threads and stop deadline in milliseconds are its arguments.
 * It prints {@value #READY} once it runs, stops in order at SIGTERM, and ends when the process that started it does.
 */
public final class ClusterNodeMain {

    static final String READY = "READY";

    /** Begins the line that says why it does not start. */
    static final String REFUSED = "REFUSED ";

    /** Names how many milliseconds its clock is ahead. */
    static final String CLOCK_AHEAD = "requartz.test.clock-ahead";

    static final int FAILED_CODE = 1;
    static final int REFUSED_CODE = 3;
    static final int POOL = 10;

    /** Names the lease, in milliseconds. Beat and poll follow from it. */
    static final String LEASE = "requartz.test.lease";

    static final ClusterConfig CLUSTER = cluster(Duration.ofMillis(Long.getLong(LEASE, 2_000)));

    private ClusterNodeMain() {}

    private static ClusterConfig cluster(Duration lease) {
        return new ClusterConfig("cluster-test", lease.dividedBy(4), lease, lease.dividedBy(10));
    }

    static RequartzConfig config(String nodeId, String url, String user, String password) {
        return RequartzConfig.of(nodeId, Path.of("target"))
                .withDatabase(new DatabaseConfig(url, user, Secret.of(password), POOL, Duration.ofSeconds(30)))
                .withCluster(CLUSTER)
                .withDefinitions(DefinitionSet.EMPTY.with(DefinitionKind.SCOPE, ScopedWitnessJob.SCOPE, scope()));
    }

    private static JsonNode scope() {
        try {
            return new JsonMapper().readTree(ScopedWitnessJob.DEFINITION);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    public static void main(String[] arguments) {
        endWithParent();
        try {
            run(arguments);
        } catch (RuntimeException failed) {
            // whoever watches over services starts it again only if it ends
            failed.printStackTrace();
            Runtime.getRuntime().halt(FAILED_CODE);
        }
    }

    private static void run(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        RequartzConfig config = config(arguments[0], arguments[1], arguments[2], arguments[3])
                .withWorkers(new WorkersConfig(Integer.parseInt(arguments[4]), 100))
                .withNode(new NodeConfig(
                        arguments[0], Path.of("target"), Duration.ofMillis(Long.parseLong(arguments[5]))));
        RequartzNode node = RequartzNode.open(
                config,
                Plugins.builder()
                        .configured(ScopedWitnessJob::configured)
                        .add(WitnessJob.class)
                        .add(ExclusiveWitnessJob.class)
                        .add(ScopedWitnessJob.class)
                        .build(),
                InstantSource.offset(InstantSource.system(), Duration.ofMillis(Long.getLong(CLOCK_AHEAD, 0))));
        try {
            node.start();
        } catch (Problem refused) {
            out.println(REFUSED + refused.getMessage() + " " + refused.hint());
            Runtime.getRuntime().halt(REFUSED_CODE);
        }
        // halt: the exit code tells whether close() returned, and not that there was a signal
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            node.close();
            Runtime.getRuntime().halt(0);
        }));
        out.println(READY);
    }

    /** Its standard input is a pipe that nobody writes to; it ends with the test's JVM, however that ends. */
    private static void endWithParent() {
        InputStream in = System.in;
        Thread watch = new Thread(() -> {
            try {
                while (in.read() >= 0) {
                    // nobody writes
                }
            } catch (IOException gone) {
                // the same as its end
            }
            Runtime.getRuntime().halt(9);
        });
        watch.start();
    }
}
