package io.requartz.scope;

import io.requartz.api.ErrorCategory;
import io.requartz.guard.ReleaseRate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What is the same for all scopes of one name. Immutable and valid; {@link ScopeFormat} reads and writes it.
 *
 * @param name as a job type's
 * @param dimensions fields of the payload, top level, that tell one scope from another: 1 to 10
 * @param label what people call one of them: a text with names of payload fields in braces
 * @param disableAfter so many counted failures in a row disable it
 * @param count which categories of failure count; null: all
 */
public record ScopeDefinition(
        String name,
        List<String> dimensions,
        String label,
        int disableAfter,
        Set<ErrorCategory> count,
        ReEnableOn reEnableOn,
        ReleaseRate release,
        ScopeTexts log) {

    public static final int DISABLE_AFTER = 3;
    static final int MOST_FAILURES = 1_000_000;
    static final int MOST_DIMENSIONS = 10;

    private static final Pattern DIMENSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");

    public ScopeDefinition {
        Objects.requireNonNull(name, "name");
        dimensions = List.copyOf(dimensions);
        Objects.requireNonNull(label, "label");
        count = count == null ? null : Set.copyOf(count);
        Objects.requireNonNull(reEnableOn, "reEnableOn");
        Objects.requireNonNull(release, "release");
        Objects.requireNonNull(log, "log");
        requireDimensions(dimensions);
        requireLimit(disableAfter);
    }

    /** With defaults for all that is not said. */
    public static ScopeDefinition of(String name, List<String> dimensions) {
        return new ScopeDefinition(
                name,
                dimensions,
                labelOf(dimensions),
                DISABLE_AFTER,
                null,
                ReEnableOn.SUCCESS,
                ReleaseRate.DEFAULT,
                ScopeTexts.DEFAULT);
    }

    /** The label of scopes that have none: {@code restaurant_id 7, platform uber_eats}. */
    static String labelOf(List<String> dimensions) {
        return dimensions.stream().map(name -> name + " {" + name + "}").collect(Collectors.joining(", "));
    }

    static void requireDimensions(List<String> dimensions) {
        if (dimensions.isEmpty() || dimensions.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    dimensions.size() + " dimensions came; expected 1 to " + MOST_DIMENSIONS);
        }
        if (new HashSet<>(dimensions).size() < dimensions.size()) {
            throw new IllegalArgumentException("a dimension is named twice");
        }
        for (String dimension : dimensions) {
            if (!DIMENSION.matcher(dimension).matches()) {
                throw new IllegalArgumentException(
                        "a dimension is named by letters, digits, '_', '.' and '-', 1 to 100 characters, as the payload's field is");
            }
        }
    }

    static void requireLimit(int failures) {
        if (failures < 1 || failures > MOST_FAILURES) {
            throw new IllegalArgumentException(failures + " came; expected 1 to " + MOST_FAILURES);
        }
    }

    /** Whether a failed attempt of this category is counted. What was lost with its node never is, whatever is configured. */
    public boolean counts(ErrorCategory category) {
        return !category.equals(ErrorCategory.NODE_LOST) && (count == null || count.contains(category));
    }
}
