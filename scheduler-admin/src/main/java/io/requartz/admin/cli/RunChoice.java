package io.requartz.admin.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Which runs are meant, as options. */
final class RunChoice {

    @Option(
            names = "--state",
            paramLabel = "STATE",
            split = ",",
            description = "As retrying or dead; several with commas.")
    private List<String> states = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this job type.")
    private String type;

    @Option(
            names = "--category",
            paramLabel = "CATEGORY",
            description = "Whose last failure was of this category, as timeout.")
    private String category;

    @Option(names = "--tag", paramLabel = "TAG", description = "With this tag.")
    private String tag;

    @Option(names = "--find", paramLabel = "TEXT", description = "Whose id or key begins so, or which have this tag.")
    private String text;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Submitted at or after: a time, or a duration ago, as 2h.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Submitted before.")
    private String until;

    @Option(names = "--min-attempts", paramLabel = "N", description = "With at least so many attempts.")
    private Integer minAttempts;

    /** Whether any option was given. */
    boolean given() {
        return !states.isEmpty()
                || type != null
                || category != null
                || tag != null
                || text != null
                || since != null
                || until != null
                || minAttempts != null;
    }

    Api.Query in(Api.Query query, ClientCommand command) {
        states.forEach(state -> query.with("state", state.toUpperCase(Locale.ROOT)));
        return query.with("type", type)
                .with("category", category)
                .with("tag", tag)
                .with("q", text)
                .with("since", command.time("--since", since))
                .with("until", command.time("--until", until))
                .with("min-attempts", minAttempts);
    }
}
