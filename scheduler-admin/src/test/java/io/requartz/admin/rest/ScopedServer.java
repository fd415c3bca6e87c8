package io.requartz.admin.rest;

import io.requartz.definition.DefinitionKind;
import io.requartz.definition.DefinitionSet;
import io.requartz.plugin.JobTypeDefinition;
import io.requartz.plugin.Plugins;
import io.requartz.run.Run;
import io.requartz.run.Submission;
import io.requartz.scope.Standing;
import io.requartz.scope.Stands;
import java.nio.file.Path;
import java.time.Duration;

/** A server whose job type {@link TestJobs.Mendable} counts its failures by shop. */
public final class ScopedServer {

    private ScopedServer() {}

    public static TestServer start(Path directory) {
        DefinitionSet definitions = DefinitionSet.EMPTY.with(
                DefinitionKind.SCOPE, "sync", Json.stored("{\"dimensions\": [\"shop\"], \"label\": \"shop {shop}\"}"));
        Plugins plugins = Plugins.builder()
                .configured(ScopedServer::standing)
                .add(TestJobs.Mendable.class)
                .build();
        return TestServer.start(directory, config -> config.withDefinitions(definitions), plugins, limits -> limits);
    }

    private static JobTypeDefinition standing(JobTypeDefinition type) {
        return type.standing(new Standing("sync", Stands.GATED));
    }

    /** Lets it fail as often as it may. */
    public static void disable(TestServer server, String shop) {
        for (int i = 0; i < 3; i++) {
            ended(server, shop);
        }
    }

    public static void ended(TestServer server, String shop) {
        String id = server.node()
                .runs()
                .submit(Submission.of("mendable")
                        .payload("{\"shop\": \"" + shop + "\"}")
                        .build())
                .run()
                .id();
        Run run = server.node().runs().await(id, Duration.ofSeconds(30)).orElseThrow();
        if (run.state().open()) {
            throw new IllegalStateException("run " + id + " has not ended, it is " + run.state());
        }
    }
}
