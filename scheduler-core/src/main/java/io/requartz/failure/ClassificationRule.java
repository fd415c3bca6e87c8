package io.requartz.failure;

import io.requartz.api.ErrorCategory;

/** One way to tell the category of a failure. Rules are asked in order, and the first that knows decides. */
@FunctionalInterface
interface ClassificationRule {

    /** Null if this rule does not know. */
    ErrorCategory categoryOf(Signs signs);

    /** A rule that looks at one exception after the other, from the outside in. */
    static ClassificationRule byLink(LinkRule rule) {
        return signs -> {
            for (Link link : signs.links()) {
                ErrorCategory category = rule.categoryOf(link);
                if (category != null) {
                    return category;
                }
            }
            return null;
        };
    }

    /** What a single exception tells. */
    @FunctionalInterface
    interface LinkRule {

        /** Null if it tells nothing. */
        ErrorCategory categoryOf(Link link);
    }
}
