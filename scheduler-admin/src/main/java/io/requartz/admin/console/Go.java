package io.requartz.admin.console;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Redirections, all within the console: after each act the browser is sent to a page, so that loading it anew repeats nothing. */
final class Go {

    /** One slash, and no second one or backslash behind it, which browsers would take for another host. */
    private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[!-~]{0,2000}");

    private Go() {}

    /** @param path from the root, with its query; made by us or by {@link #local} */
    static Response to(String path) {
        // Not location(): that takes a URI, and would encode anew what is encoded.
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, path)
                .build();
    }

    /** Where a request wants to be sent, if that is a page of ours; else the first page. */
    static String local(@Nullable String path) {
        return path != null && LOCAL.matcher(path).matches() && !path.contains("\\") ? path : "/";
    }
}
