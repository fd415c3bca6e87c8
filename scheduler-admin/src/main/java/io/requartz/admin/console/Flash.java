package io.requartz.admin.console;

import org.jspecify.annotations.Nullable;

/**
 * What became of an act, shown once on the page that follows it.
 *
 * @param good whether it was done
 * @param hint what to do now; may be null
 */
record Flash(boolean good, String text, @Nullable String hint) {

    static Flash done(String text) {
        return new Flash(true, text, null);
    }
}
