package io.requartz.admin.cli;

/** What a command tells the shell. Scripts build on these numbers: they do not change. */
final class ExitCode {

    static final int OK = 0;

    /** It was done, but something failed: a run that was waited for, a finding of the doctor. */
    static final int FAILED = 1;

    /** The command line, the configuration or the payload is wrong. */
    static final int USAGE = 2;

    static final int NOT_FOUND = 3;

    /** Refused, because it clashes with the state of things. */
    static final int CONFLICT = 4;

    /** The server or the database cannot be reached, or cannot answer now. */
    static final int UNREACHABLE = 5;

    static final int NOT_AUTHORIZED = 6;

    private ExitCode() {}
}
