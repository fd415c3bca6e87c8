package io.requartz.admin.console;

import io.requartz.admin.security.AdminToken;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Caller;
import io.requartz.admin.security.Open;
import io.requartz.admin.security.Role;
import io.requartz.run.Actor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** In and out. The token itself is never kept: it opens a session, and the browser gets that session's id. */
@Path("")
@Singleton
@Produces(MediaType.TEXT_HTML)
public final class SignInPages {

    private static final Logger log = LoggerFactory.getLogger(SignInPages.class);
    private static final Caller ADMIN = new Caller(new Actor("token:admin"), Role.ADMIN);

    private final AdminToken token;
    private final Sessions sessions;
    private final SignInLimit limit;

    @Inject
    SignInPages(AdminToken token, Sessions sessions, SignInLimit limit) {
        this.token = token;
        this.sessions = sessions;
        this.limit = limit;
    }

    @GET
    @Path("sign-in")
    @Open
    public Object page(@QueryParam("to") @Nullable String to, @Context ContainerRequestContext request) {
        if (Visit.of(request).signedIn()) {
            return Go.to(Go.local(to));
        }
        boolean elsewhere = "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"));
        return new SignInPage(Go.local(to), null, null, elsewhere);
    }

    @POST
    @Path("sign-in")
    @Open
    public Response signIn(@Context ContainerRequestContext request, @Context HttpServletRequest http) {
        Form form = Form.of(request);
        String to = Go.local(form.text("to"));
        String address = http.getRemoteAddr();
        Duration wait = limit.wait(address);
        if (!wait.isZero()) {
            return refused(429, to, "Too many wrong tokens came from your address.", "Wait " + Times.span(wait) + ".")
                    .header(HttpHeaders.RETRY_AFTER, wait.toSeconds() + 1)
                    .build();
        }
        String given = form.text("token");
        if (given == null || !token.matches(given.strip())) {
            limit.wrong(address);
            log.warn("a sign-in from {} was refused: wrong token", address);
            return refused(
                            401,
                            to,
                            "That is not the token.",
                            "It is in the file admin-token of the node's data directory, unless REQUARTZ_ADMIN_TOKEN sets it.")
                    .build();
        }
        limit.right(address);
        sessions.close(SessionFilter.id(request));
        String id = sessions.open(ADMIN);
        log.info("{} signed in from {}", ADMIN.getName(), address);
        return Response.fromResponse(Go.to(to))
                .header(HttpHeaders.SET_COOKIE, SessionFilter.setCookie(request, id))
                .build();
    }

    @POST
    @Path("sign-out")
    @Allow(Role.VIEWER)
    public Response signOut(@Context ContainerRequestContext request) {
        sessions.close(SessionFilter.id(request));
        return Response.fromResponse(Go.to("/sign-in"))
                .header(HttpHeaders.SET_COOKIE, SessionFilter.dropCookie(request))
                .build();
    }

    private static Response.ResponseBuilder refused(int status, String to, String wrong, String hint) {
        return Response.status(status).entity(new SignInPage(to, wrong, hint, false));
    }

    /** For a stranger who asked for a page: to the sign-in, and from there back. What was sent with a form is lost. */
    static Response signInFirst(ContainerRequestContext request) {
        String self = request.getMethod().equals("GET") ? Visit.of(request).self() : "/";
        return Go.to(self.equals("/") ? "/sign-in" : "/sign-in?to=" + Words.query(self));
    }
}
