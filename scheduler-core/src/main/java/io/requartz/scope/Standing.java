package io.requartz.scope;

import java.util.Objects;

/**
 * A job type's place in a scope.
 *
 * @param scope name of the scope; types share it only by naming the same one
 */
public record Standing(String scope, Stands stands) {

    public Standing {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(stands, "stands");
    }
}
