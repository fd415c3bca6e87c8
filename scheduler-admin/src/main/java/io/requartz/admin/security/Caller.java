package io.requartz.admin.security;

import io.requartz.run.Actor;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whoever a request comes from, once it has proven that. */
public record Caller(Actor actor, Role role) implements Principal {

    public Caller {
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(role, "role");
    }

    /** @throws IllegalStateException if the request was let through without a caller */
    public static Caller of(SecurityContext security) {
        if (security.getUserPrincipal() instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the request has no caller");
    }

    @Override
    public String getName() {
        return actor.name();
    }

    public SecurityContext context(boolean secure) {
        return new SecurityContext() {
            @Override
            public Principal getUserPrincipal() {
                return Caller.this;
            }

            @Override
            public boolean isUserInRole(@Nullable String wanted) {
                return role.name().equalsIgnoreCase(wanted);
            }

            @Override
            public boolean isSecure() {
                return secure;
            }

            @Override
            public String getAuthenticationScheme() {
                return "Bearer";
            }
        };
    }
}
