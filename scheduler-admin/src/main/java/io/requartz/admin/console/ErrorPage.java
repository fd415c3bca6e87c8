package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, and what to do.
 *
 * @param frame null for strangers
 * @param details the single mistakes, if there are several
 * @param id under which the node's log says more; may be null
 */
record ErrorPage(
        @Nullable Frame frame,
        int status,
        String title,
        String text,
        String hint,
        List<String> details,
        @Nullable String id)
        implements Page {

    String stylesheet() {
        return Assets.path("console.css");
    }
}
