package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The categories that ship, and what they mean. A category that is not here (one of a job's own) is treated as {@code unknown}:
 * temporary, and tried again.
 */
public final class ErrorCategories {

    private record Meaning(boolean temporary, boolean retried, String description) {}

    private static final Map<ErrorCategory, Meaning> SHIPPED = new LinkedHashMap<>();

    static {
        temporary(ErrorCategory.TIMEOUT, "an answer did not come in time");
        temporary(ErrorCategory.NETWORK, "the other side could not be reached, or the connection broke");
        temporary(ErrorCategory.RATE_LIMIT, "the other side asks for fewer calls");
        temporary(ErrorCategory.SERVER_ERROR, "the other side failed");
        temporary(ErrorCategory.TEMPORARY, "a clash or a lock that passes");
        temporary(ErrorCategory.MALFORMED_RESPONSE, "the answer could not be parsed");
        persistent(ErrorCategory.NOT_FOUND, "what was asked for is not there");
        persistent(ErrorCategory.AUTHENTICATION, "the credentials were refused");
        persistent(ErrorCategory.PERMISSION, "it is not allowed");
        persistent(ErrorCategory.VALIDATION, "what was sent is not acceptable");
        persistent(ErrorCategory.OUT_OF_MEMORY, "the JVM had no memory left for it");
        temporary(ErrorCategory.NODE_LOST, "the node died during the attempt");
        temporary(ErrorCategory.UNKNOWN, "nothing is known about it");
    }

    private ErrorCategories() {}

    /** All that ship, in the order of the documentation. */
    public static Set<ErrorCategory> shipped() {
        return Collections.unmodifiableSet(SHIPPED.keySet());
    }

    /** False if a person must act before another attempt makes sense. */
    public static boolean isTemporary(ErrorCategory category) {
        return meaning(category).temporary;
    }

    /** Whether a failure of this category is tried again where a policy does not say. */
    public static boolean isRetriedByDefault(ErrorCategory category) {
        return meaning(category).retried;
    }

    /** What the category means, as the end of a sentence that begins with its name. */
    public static String description(ErrorCategory category) {
        return meaning(category).description;
    }

    private static Meaning meaning(ErrorCategory category) {
        Objects.requireNonNull(category, "category");
        Meaning own = SHIPPED.get(category);
        return own != null ? own : SHIPPED.get(ErrorCategory.UNKNOWN);
    }

    private static void temporary(ErrorCategory category, String description) {
        SHIPPED.put(category, new Meaning(true, true, description));
    }

    private static void persistent(ErrorCategory category, String description) {
        SHIPPED.put(category, new Meaning(false, false, description));
    }
}
