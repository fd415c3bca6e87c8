package io.requartz.admin.security;

import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Checks the caller's role against the route's; a route that names none is closed to everybody. */
public final class RoleFilter implements ContainerRequestFilter {

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            // Jersey's own answer, which lists the methods of a path; there is nothing else behind it.
            return;
        }
        Method method = resource == null ? null : resource.getResourceMethod();
        Allow allowed = method == null ? null : method.getAnnotation(Allow.class);
        Role role = Caller.of(request.getSecurityContext()).role();
        if (allowed == null || !role.includes(allowed.value())) {
            throw new ForbiddenException("your token may not do this");
        }
    }
}
