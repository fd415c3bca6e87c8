package io.requartz.run;

import java.util.Objects;

/**
 * Who did something: {@code token:admin}, {@code cli:anna}, {@code system}.
 *
 * @param name at most 100 characters
 */
public record Actor(String name) {

    public static final Actor SYSTEM = new Actor("system");

    public Actor {
        Objects.requireNonNull(name, "name");
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("an actor's name has 1 to 100 characters");
        }
    }
}
