package io.requartz.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** A command cannot do what was asked: ends it with an exit code, a sentence and, where there is one, a hint. */
final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String hint;
    private final transient List<String> details;
    private final transient JsonNode problem;

    private CliFailure(
            int exitCode, String what, String hint, List<String> details, JsonNode problem, Throwable cause) {
        super(what, cause);
        this.exitCode = exitCode;
        this.hint = hint;
        this.details = List.copyOf(details);
        this.problem = problem;
    }

    static CliFailure of(int exitCode, String what, String hint) {
        return new CliFailure(exitCode, what, hint, List.of(), null, null);
    }

    static CliFailure of(int exitCode, String what, String hint, Throwable cause) {
        return new CliFailure(exitCode, what, hint, List.of(), null, cause);
    }

    static CliFailure of(int exitCode, String what, String hint, List<String> details) {
        return new CliFailure(exitCode, what, hint, details, null, null);
    }

    static CliFailure usage(String what, String hint) {
        return of(ExitCode.USAGE, what, hint);
    }

    /** What the API answered. */
    static CliFailure problem(int exitCode, String what, String hint, List<String> details, JsonNode problem) {
        return new CliFailure(exitCode, what, hint, details, problem, null);
    }

    int exitCode() {
        return exitCode;
    }

    /** Empty if there is none. */
    String hint() {
        return hint;
    }

    List<String> details() {
        return details;
    }

    /** The API's problem document; null if it did not come from there. */
    JsonNode problem() {
        return problem;
    }
}
