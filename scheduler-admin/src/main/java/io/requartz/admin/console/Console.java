package io.requartz.admin.console;

import io.requartz.admin.rest.BodyBytes;
import io.requartz.admin.security.AdminToken;
import io.requartz.admin.security.DeclaredRoles;
import io.requartz.node.RequartzNode;
import io.requartz.time.Ticker;
import jakarta.ws.rs.Priorities;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.ServerProperties;

/** All pages, and what stands around each of them. */
public final class Console {

    static final Duration LATELY = Duration.ofHours(1);

    /** Only what stands here is there: nothing comes in because it lies on the class path. */
    static final List<Class<?>> ROUTES = List.of(
            Assets.class,
            SignInPages.class,
            OverviewPages.class,
            RunListPages.class,
            RunPages.class,
            DeadLetterPages.class,
            JobTypePages.class,
            ScopePages.class,
            BulkStartPages.class,
            BulkActionPages.class,
            ScheduleListPages.class,
            SchedulePages.class,
            TriggerPages.class,
            NewSchedulePages.class,
            ScheduleChangePages.class);

    private static final Set<String> PLACES = Set.of(
            "",
            "assets",
            "bulk-actions",
            "dead-letters",
            "job-types",
            "new-schedule",
            "runs",
            "scheduler",
            "schedules",
            "scopes",
            "sign-in",
            "sign-out");

    private Console() {}

    /** Whether a path is one of the console's, by its first part. */
    public static boolean serves(String path) {
        int second = path.indexOf('/', 1);
        return path.startsWith("/") && PLACES.contains(path.substring(1, second < 0 ? path.length() : second));
    }

    /**
     * @param forms reads what forms send
     */
    public static ResourceConfig of(
            RequartzNode node, AdminToken token, BodyBytes forms, Ticker ticker, InstantSource clock) {
        Glance glance = new Glance(node, ticker, () -> clock.instant().minus(LATELY));
        Frames frames = new Frames(glance, () -> node.schedules().count(), clock);
        Sessions sessions = new Sessions(ticker);
        ResourceConfig console = new ResourceConfig();
        console.property(ServerProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true);
        console.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        console.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
        console.property(ServerProperties.PROCESSING_RESPONSE_ERRORS_ENABLED, true);
        console.register(new DeclaredRoles());
        console.register(new SessionFilter(sessions), Priorities.AUTHENTICATION);
        console.register(new AccessFilter(forms), Priorities.AUTHORIZATION);
        console.register(new PageHeaders());
        console.register(new PageWriter());
        console.register(new PageFailures(frames));
        console.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(node).to(RequartzNode.class);
                bind(token).to(AdminToken.class);
                bind(sessions).to(Sessions.class);
                bind(new SignInLimit(ticker)).to(SignInLimit.class);
                bind(glance).to(Glance.class);
                bind(frames).to(Frames.class);
            }
        });
        ROUTES.forEach(console::register);
        return console;
    }
}
