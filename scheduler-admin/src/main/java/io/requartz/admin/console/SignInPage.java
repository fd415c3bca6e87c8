package io.requartz.admin.console;

import org.jspecify.annotations.Nullable;

/**
 * @param to where the person was going
 * @param wrong why the last attempt failed; may be null
 * @param hint what to do about it; may be null
 * @param elsewhere the person came by a link from another site, for which the browser left the cookie out
 */
record SignInPage(
        String to, @Nullable String wrong, @Nullable String hint, boolean elsewhere) implements Page {

    String stylesheet() {
        return Assets.path("console.css");
    }

    String icon() {
        return Assets.path("icon.svg");
    }
}
