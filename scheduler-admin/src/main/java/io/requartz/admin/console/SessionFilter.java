package io.requartz.admin.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.Cookie;
import org.jspecify.annotations.Nullable;

/** Finds out who asks; {@link AccessFilter} decides what that means. */
@PreMatching
final class SessionFilter implements ContainerRequestFilter {

    private final Sessions sessions;

    SessionFilter(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Visit visit = Visit.begin(request, sessions.find(id(request)));
        if (visit.signedIn()) {
            boolean secure = request.getSecurityContext().isSecure();
            request.setSecurityContext(visit.session().caller().context(secure));
        }
    }

    /** The session's id as the browser sent it; null if it did not. */
    static @Nullable String id(ContainerRequestContext request) {
        Cookie cookie = request.getCookies().get(name(request));
        return cookie == null ? null : cookie.getValue();
    }

    /** With the port in it: cookies know no ports, and two nodes on one machine would sign each other's people out. */
    private static String name(ContainerRequestContext request) {
        int port = request.getUriInfo().getBaseUri().getPort();
        return port < 0 ? "requartz_session" : "requartz_session_" + port;
    }

    static String setCookie(ContainerRequestContext request, String id) {
        return cookie(request, id, "");
    }

    static String dropCookie(ContainerRequestContext request) {
        return cookie(request, "", "; Max-Age=0");
    }

    private static String cookie(ContainerRequestContext request, String value, String more) {
        boolean secure = request.getSecurityContext().isSecure();
        return name(request) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "") + more;
    }
}
