package io.requartz.admin.cli;

import picocli.CommandLine.Option;

/** Which dead letters are meant, as options. */
final class LetterChoice {

    @Option(names = "--type", paramLabel = "TYPE", description = "Of this job type.")
    private String type;

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description = "exhausted, not_retryable, crashed, elapsed, unscheduled or scope_disabled.")
    private String reason;

    @Option(names = "--category", paramLabel = "CATEGORY", description = "Whose last failure was of this category.")
    private String category;

    @Option(
            names = "--fingerprint",
            paramLabel = "PRINT",
            description = "Which failed alike; 'dead-letters groups' shows the fingerprints.")
    private String fingerprint;

    @Option(names = "--assignee", paramLabel = "NAME", description = "Which this person or team is to look after.")
    private String assignee;

    @Option(names = "--unassigned", description = "Which nobody is to look after.")
    private boolean unassigned;

    @Option(names = "--since", paramLabel = "TIME", description = "Died at or after: a time, or a duration ago, as 2h.")
    private String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Died before.")
    private String until;

    /** Whether any option was given. */
    boolean given() {
        return type != null
                || reason != null
                || category != null
                || fingerprint != null
                || assignee != null
                || unassigned
                || since != null
                || until != null;
    }

    Api.Query in(Api.Query query, ClientCommand command) {
        return query.with("type", type)
                .with("reason", reason)
                .with("category", category)
                .with("fingerprint", fingerprint)
                .with("assignee", assignee)
                .with("unassigned", unassigned ? true : null)
                .with("since", command.time("--since", since))
                .with("until", command.time("--until", until));
    }
}
