package io.requartz.admin.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.glassfish.jersey.server.ApplicationHandler;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

class DeclaredRolesTest {

    @Path("open")
    public static final class Open {
        @GET
        @Path("door")
        public String get() {
            return "";
        }
    }

    @Path("closed")
    public static final class Closed {
        @GET
        @Allow(Role.VIEWER)
        public String get() {
            return "";
        }
    }

    @Test
    void aRouteWithoutARoleKeepsTheServerFromStarting() {
        ResourceConfig application = new ResourceConfig(Closed.class, Open.class).register(new DeclaredRoles());

        assertThatThrownBy(() -> new ApplicationHandler(application)).hasStackTraceContaining("Open.get");
    }

    @Test
    void routesWithRolesStart() {
        ResourceConfig application = new ResourceConfig(Closed.class).register(new DeclaredRoles());

        assertThatCode(() -> new ApplicationHandler(application)).doesNotThrowAnyException();
    }
}
