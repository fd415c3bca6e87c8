package io.requartz.admin.console;

import io.requartz.run.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request for a page, and who it comes from.
 *
 * @param found null: a stranger
 * @param self path and query of the request
 */
record Visit(@Nullable Session found, String self) {

    static final Visit NONE = new Visit(null, "/");

    private static final String PROPERTY = Visit.class.getName();

    static Visit begin(ContainerRequestContext request, Optional<Session> session) {
        Visit visit = new Visit(session.orElse(null), self(request.getUriInfo()));
        request.setProperty(PROPERTY, visit);
        return visit;
    }

    private static String self(UriInfo uri) {
        URI asked = uri.getRequestUri();
        return asked.getRawQuery() == null ? asked.getRawPath() : asked.getRawPath() + "?" + asked.getRawQuery();
    }

    static Visit of(ContainerRequestContext request) {
        return request.getProperty(PROPERTY) instanceof Visit visit ? visit : NONE;
    }

    /** As {@link #of(ContainerRequestContext)}, where there is no such context: its properties are this one's attributes. */
    static Visit of(HttpServletRequest request) {
        return request.getAttribute(PROPERTY) instanceof Visit visit ? visit : NONE;
    }

    boolean signedIn() {
        return found != null;
    }

    /** @throws IllegalStateException for a stranger, whom {@link AccessFilter} lets nowhere near this */
    Session session() {
        if (found == null) {
            throw new IllegalStateException("the request has no session");
        }
        return found;
    }

    Actor actor() {
        return session().caller().actor();
    }
}
