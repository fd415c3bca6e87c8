package io.requartz.embedded;

import io.requartz.config.RequartzConfig;
import io.requartz.node.RequartzNode;
import io.requartz.plugin.Plugins;
import io.requartz.run.Run;
import io.requartz.run.Submission;
import io.requartz.store.ScriptedJob;
import java.nio.file.Path;

/** A process with an embedded node that submits and runs, and tells each acknowledged run, until it is killed. */
final class SubmittingMain {

    private SubmittingMain() {}

    static RequartzNode open(Path directory) {
        return RequartzNode.open(
                RequartzConfig.of("embedded", directory),
                Plugins.builder().add(ScriptedJob.class).build());
    }

    public static void main(String[] arguments) {
        RequartzNode node = open(Path.of(arguments[0]));
        node.start();
        while (true) {
            Run run = node.runs()
                    .submit(Submission.of("scripted")
                            .payload("{\"script\": [\"503\", \"ok\"]}")
                            .build())
                    .run();
            System.out.println(run.id());
        }
    }
}
