package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.ErrorCategories;
import java.util.Set;

/** Which categories are tried again. Immutable. */
public sealed interface RetryOn {

    boolean includes(ErrorCategory category);

    /**
     * Those that the catalog tries again, see {@link ErrorCategories#isRetriedByDefault}.
     *
     * @param persistent declared categories that are not tried again either
     */
    record ByDefault(Set<ErrorCategory> persistent) implements RetryOn {
        public ByDefault {
            persistent = Set.copyOf(persistent);
        }

        public ByDefault() {
            this(Set.of());
        }

        @Override
        public boolean includes(ErrorCategory category) {
            return ErrorCategories.isRetriedByDefault(category) && !persistent.contains(category);
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
