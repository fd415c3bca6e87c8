package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.ErrorCategories;
import java.util.Set;

/** Which categories are tried again. Immutable. */
public sealed interface RetryOn {

    boolean includes(ErrorCategory category);

    /** Those that the catalog tries again, see {@link ErrorCategories#isRetriedByDefault}. */
    record ByDefault() implements RetryOn {
        @Override
        public boolean includes(ErrorCategory category) {
            return ErrorCategories.isRetriedByDefault(category);
        }
    }

    /** Every one, those that a person must act upon too. */
    record All() implements RetryOn {
        @Override
        public boolean includes(ErrorCategory category) {
            return true;
        }
    }

    /** These and no other, {@code unknown} and {@code node_lost} included. */
    record Only(Set<ErrorCategory> categories) implements RetryOn {
        public Only {
            categories = Set.copyOf(categories);
        }

        @Override
        public boolean includes(ErrorCategory category) {
            return categories.contains(category);
        }
    }
}
