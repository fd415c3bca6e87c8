package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import java.util.Map;

/** An edit on the ground of an old version, with both versions for the caller. */
final class StaleVersion extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final long expected;
    private final long current;

    StaleVersion(Problem problem, long expected, long current) {
        super(problem);
        this.problem = problem;
        this.expected = expected;
        this.current = current;
    }

    Problem problem() {
        return problem;
    }

    Map<String, Object> versions() {
        return Map.of("expected_version", expected, "current_version", current);
    }
}
