package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import io.requartz.run.Run;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A run's version as {@code ETag}, and the version that a caller's {@code If-Match} names. */
final class Versions {

    private static final Pattern TAG = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

    private Versions() {}

    static EntityTag tag(Run run) {
        return new EntityTag(Long.toString(run.version()));
    }

    /** The version that the caller has read; null if any will do. */
    static @Nullable Long expected(HttpHeaders headers) {
        List<String> given = headers.getRequestHeaders().getOrDefault(HttpHeaders.IF_MATCH, List.of());
        if (given.isEmpty() || (given.size() == 1 && given.get(0).strip().equals("*"))) {
            return null;
        }
        Matcher tag = TAG.matcher(given.get(0).strip());
        if (given.size() > 1 || !tag.matches()) {
            throw Problem.invalid(
                    "If-Match: came " + Wire.quoted(given.get(0)) + "; expected one ETag of a run, as in \"3\"",
                    "Send the ETag of the run as you read it, in its quotation marks, or leave If-Match out.");
        }
        return Long.valueOf(tag.group(1));
    }

    /** Runs the change; if it was refused as stale, the caller is told both versions. */
    static <T> T changing(@Nullable Long expected, Supplier<T> change, Supplier<Optional<Run>> current) {
        try {
            return change.get();
        } catch (Problem problem) {
            if (problem.kind() != Problem.Kind.STALE || expected == null) {
                throw problem;
            }
            Run now = current.get().orElseThrow(() -> problem);
            throw new StaleVersion(problem, expected, now.version());
        }
    }
}
