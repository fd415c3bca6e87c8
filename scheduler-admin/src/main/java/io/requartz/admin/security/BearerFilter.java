package io.requartz.admin.security;

import io.requartz.run.Actor;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Lets nobody in without the token: before a route is looked for, so that who has no token does not learn what exists, and before
 * a body is read.
 */
@PreMatching
public final class BearerFilter implements ContainerRequestFilter {

    private static final String SCHEME = "bearer ";
    private static final Caller ADMIN = new Caller(new Actor("token:admin"), Role.ADMIN);

    private final AdminToken token;

    public BearerFilter(AdminToken token) {
        this.token = Objects.requireNonNull(token, "token");
    }

    @Override
    public void filter(ContainerRequestContext request) {
        List<String> given = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (given == null || given.isEmpty()) {
            throw new NotAuthorizedException("the request bears no token", "Bearer realm=\"requartz\"");
        }
        // Two headers could be read one way by a proxy and another way here.
        if (given.size() > 1 || !isToken(given.get(0))) {
            throw new NotAuthorizedException(
                    "the token is not valid", "Bearer realm=\"requartz\", error=\"invalid_token\"");
        }
        request.setSecurityContext(ADMIN.context(request.getSecurityContext().isSecure()));
    }

    private boolean isToken(String header) {
        return header.length() > SCHEME.length()
                && header.substring(0, SCHEME.length()).toLowerCase(Locale.ROOT).equals(SCHEME)
                && token.matches(header.substring(SCHEME.length()).strip());
    }
}
