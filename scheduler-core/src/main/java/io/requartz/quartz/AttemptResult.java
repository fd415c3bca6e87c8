package io.requartz.quartz;

/** What came out of the job's code, or why it was not called. */
public sealed interface AttemptResult {

    record Succeeded() implements AttemptResult {}

    record Threw(Throwable thrown) implements AttemptResult {}

    /** Not begun: another start must do it. */
    record NotStarted(String why) implements AttemptResult {}
}
