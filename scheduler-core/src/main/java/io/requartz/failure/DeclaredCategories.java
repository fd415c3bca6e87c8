package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What configuration adds to the categories that ship: categories of its own, and other names for known ones. Immutable.
 *
 * @param own whether a category is temporary; a persistent one is not tried again unless a policy says so
 * @param aliases another name of a category, shipped or own
 */
public record DeclaredCategories(Map<ErrorCategory, Boolean> own, Map<String, ErrorCategory> aliases) {

    /** Only what ships. */
    public static final DeclaredCategories NONE = new DeclaredCategories(Map.of(), Map.of());

    /** @throws IllegalArgumentException if a name is taken already, or an alias leads nowhere */
    public DeclaredCategories {
        own = Collections.unmodifiableMap(new LinkedHashMap<>(own));
        aliases = Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
        for (ErrorCategory category : own.keySet()) {
            if (ErrorCategories.shipped().contains(category)) {
                throw new IllegalArgumentException(category + " ships with the platform; choose another name");
            }
        }
        for (Map.Entry<String, ErrorCategory> alias : aliases.entrySet()) {
            ErrorCategory name = new ErrorCategory(alias.getKey());
            if (ErrorCategories.shipped().contains(name) || own.containsKey(name)) {
                throw new IllegalArgumentException(name + " is a category; an alias needs a name of its own");
            }
            if (!ErrorCategories.shipped().contains(alias.getValue()) && !own.containsKey(alias.getValue())) {
                throw new IllegalArgumentException(name + " stands for " + alias.getValue() + ", which is no category");
            }
        }
    }

    /** All categories, the shipped ones first. */
    public Set<ErrorCategory> known() {
        Set<ErrorCategory> known = new LinkedHashSet<>(ErrorCategories.shipped());
        known.addAll(own.keySet());
        return known;
    }

    /** Every name that stands for a category. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        known().forEach(category -> names.add(category.name()));
        names.addAll(aliases.keySet());
        return names;
    }

    /** The category of a name or alias; empty if there is none. */
    public Optional<ErrorCategory> find(String name) {
        ErrorCategory meant = aliases.get(name);
        return meant != null
                ? Optional.of(meant)
                : known().stream()
                        .filter(category -> category.name().equals(name))
                        .findFirst();
    }

    /** The category that an alias stands for; every other one as it is, known or not. */
    public ErrorCategory meantBy(ErrorCategory category) {
        return aliases.getOrDefault(category.name(), category);
    }

    /** False if a person must act before another attempt makes sense. */
    public boolean isTemporary(ErrorCategory category) {
        return own.getOrDefault(category, ErrorCategories.isTemporary(category));
    }

    /** The own categories that are not tried again by default. */
    public Set<ErrorCategory> persistent() {
        return own.entrySet().stream()
                .filter(category -> !category.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
