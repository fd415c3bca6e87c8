package io.requartz.admin.rest;

import io.requartz.admin.security.AdminToken;
import io.requartz.admin.security.BearerFilter;
import io.requartz.admin.security.DeclaredRoles;
import io.requartz.admin.security.RoleFilter;
import io.requartz.deadletter.DeadLetters;
import io.requartz.node.Doctor;
import io.requartz.node.RequartzNode;
import io.requartz.node.SchedulerControl;
import io.requartz.run.Runs;
import io.requartz.scope.Scopes;
import io.requartz.time.Ticker;
import jakarta.ws.rs.Priorities;
import java.util.List;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** Everything under {@value #ROOT}: the routes and what stands around each of them. */
final class Api {

    static final String ROOT = "/api/v1";

    static final List<Class<?>> ROUTES = List.of(
            JobTypesResource.class,
            RunsResource.class,
            DeadLettersResource.class,
            ScopesResource.class,
            SchedulerResource.class,
            DoctorResource.class);

    private Api() {}

    static ResourceConfig of(RequartzNode node, AdminToken token, RunWaits waits, HttpLimits limits, Ticker ticker) {
        ResourceConfig api = around(token, limits, ticker);
        api.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(node.runs()).to(Runs.class);
                bind(node.deadLetters()).to(DeadLetters.class);
                bind(node.scopes()).to(Scopes.class);
                bind(node.control()).to(SchedulerControl.class);
                bind(node.doctor()).to(Doctor.class);
                bind(waits).to(RunWaits.class);
            }
        });
        ROUTES.forEach(api::register);
        return api;
    }

    /** All but the routes. Only what is registered here is there: nothing comes in because it lies on the class path. */
    static ResourceConfig around(AdminToken token, HttpLimits limits, Ticker ticker) {
        ResourceConfig api = new ResourceConfig();
        api.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        api.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        // A relative Location stays relative: an absolute one would be made from the Host header, which anybody can
        // send.
        api.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        api.property(ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true);
        api.register(new DeclaredRoles());
        api.register(new BearerFilter(token), Priorities.AUTHENTICATION);
        api.register(new RoleFilter(), Priorities.AUTHORIZATION);
        api.register(new RequestForm(), Priorities.USER);
        api.register(new JsonReader(new BodyBytes(limits.body(), limits.bodyPatience(), ticker)));
        api.register(new JsonWriter());
        api.register(new Failures());
        return api;
    }
}
