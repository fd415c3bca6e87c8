package io.requartz.definition;

import java.util.Locale;

/** What can be defined. */
public enum DefinitionKind {
    /** A retry policy; that of a job type is named {@code type:} and the type's name. */
    POLICY,
    SCOPE,
    SCHEDULE;

    /** As in the audit and in texts. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
