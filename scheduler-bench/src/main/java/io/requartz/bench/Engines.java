package io.requartz.bench;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which engines take part. */
final class Engines {

    static final String REQUARTZ = "requartz";

    @Option(
            names = "--engines",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "requartz,quartz,quartz-tuned,db-scheduler",
            description = {
                "Who takes part: requartz; quartz (its defaults); quartz-tuned (acquires 50 at once, under its lock);",
                "db-scheduler (its best setting for the database). Default: ${DEFAULT-VALUE}"
            })
    private List<String> names;

    /** In the order in which they were named. A list of the caller's own. */
    List<Engine> all() {
        return new ArrayList<>(names.stream().map(Engines::named).toList());
    }

    static Engine named(String name) {
        return switch (name) {
            case REQUARTZ -> new RequartzEngine();
            case "quartz" -> QuartzEngine.byDefault();
            case "quartz-tuned" -> QuartzEngine.tuned();
            case "db-scheduler" -> new DbSchedulerEngine();
            default ->
                throw new IllegalArgumentException(
                        "no engine is called '" + name + "'; expected requartz, quartz, quartz-tuned or db-scheduler");
        };
    }
}
