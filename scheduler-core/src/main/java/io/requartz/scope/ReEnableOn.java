package io.requartz.scope;

import java.util.Locale;

/** What enables a scope again that was disabled by its failures. */
public enum ReEnableOn {
    /** A success of any of its runs. */
    SUCCESS,
    /** That, and already a person's run: from the moment at which it is asked for, until it fails. */
    MANUAL_TRIGGER;

    /** As written in configuration. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
