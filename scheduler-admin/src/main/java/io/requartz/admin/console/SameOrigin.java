package io.requartz.admin.console;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Whether a request that changes something was made by one of our own pages, as far as the browser says. */
final class SameOrigin {

    private SameOrigin() {}

    /**
     * Browsers send Sec-Fetch-Site over TLS and to this machine only, Origin with every form. Programs send neither; they cannot be
     * made to act by another site, and the form's token is asked for in any case.
     *
     * @param host the header Host
     */
    static boolean of(@Nullable String fetchSite, @Nullable String origin, @Nullable String host) {
        if (fetchSite != null && !fetchSite.equals("same-origin") && !fetchSite.equals("none")) {
            return false;
        }
        return origin == null || (host != null && names(origin, host));
    }

    /** The scheme is left out: behind a proxy that speaks TLS, the page's is https and ours http. */
    private static boolean names(String origin, String host) {
        try {
            URI page = URI.create(origin);
            String authority = page.getRawAuthority();
            return authority != null
                    && withoutDefaultPort(authority).equals(withoutDefaultPort(host))
                    && page.getScheme() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String withoutDefaultPort(String authority) {
        return authority.toLowerCase(Locale.ROOT).replaceFirst(":(80|443)$", "");
    }
}
