package io.requartz.failure;

import java.util.List;
import java.util.Objects;

/**
 * What an operator adds to the classification that ships. Immutable.
 *
 * @param rules asked in this order, before plugins and before what ships
 */
public record Classification(DeclaredCategories categories, List<ErrorRule> rules) {

    /** Nothing. */
    public static final Classification SHIPPED = new Classification(DeclaredCategories.NONE, List.of());

    public Classification {
        Objects.requireNonNull(categories, "categories");
        rules = List.copyOf(rules);
    }
}
