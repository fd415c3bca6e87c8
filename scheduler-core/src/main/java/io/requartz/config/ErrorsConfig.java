package io.requartz.config;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.Classification;
import io.requartz.failure.DeclaredCategories;
import io.requartz.failure.ErrorRule;
import java.util.List;
import java.util.Map;

/**
 * {@code errors:} what failures are, beside what ships.
 *
 * @param categories own ones; whether each is temporary
 * @param aliases other names of categories
 * @param rules asked in this order, before those that ship
 */
public record ErrorsConfig(
        Map<ErrorCategory, Boolean> categories, Map<String, ErrorCategory> aliases, List<ErrorRule> rules) {

    public static final ErrorsConfig DEFAULT = new ErrorsConfig(Map.of(), Map.of(), List.of());

    /** @throws IllegalArgumentException if names clash */
    public ErrorsConfig {
        DeclaredCategories declared = new DeclaredCategories(categories, aliases);
        categories = declared.own();
        aliases = declared.aliases();
        rules = List.copyOf(rules);
    }

    public DeclaredCategories declared() {
        return new DeclaredCategories(categories, aliases);
    }

    public Classification classification() {
        return new Classification(declared(), rules);
    }
}
