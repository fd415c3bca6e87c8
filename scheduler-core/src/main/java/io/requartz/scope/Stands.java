package io.requartz.scope;

import java.util.Locale;

/** How the runs of a job type take it if their scope is disabled. */
public enum Stands {
    /** They are held back. */
    GATED,
    /** They run all the same, unless a person disabled it; a success opens the scope for all. */
    PROBE;

    /** As written in configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
