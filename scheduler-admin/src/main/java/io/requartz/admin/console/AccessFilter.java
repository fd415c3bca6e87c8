package io.requartz.admin.console;

import io.requartz.admin.rest.BodyBytes;
import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Open;
import jakarta.ws.rs.ForbiddenException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every route of the console: strangers are sent to the sign-in, the role is checked, and nothing is changed but by a
 * form of our own page. Routes cannot forget it; a route that names no role is closed.
 */
final class AccessFilter implements ContainerRequestFilter {

    private final BodyBytes body;

    @Context
    private @Nullable ResourceInfo resource;

    AccessFilter(BodyBytes body) {
        this.body = body;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Method method = resource == null ? null : resource.getResourceMethod();
        boolean open = method != null && method.isAnnotationPresent(Open.class);
        Visit visit = Visit.of(request);
        if (!open) {
            if (!visit.signedIn()) {
                request.abortWith(SignInPages.signInFirst(request));
                return;
            }
            Allow allowed = method == null ? null : method.getAnnotation(Allow.class);
            if (allowed == null || !visit.session().caller().role().includes(allowed.value())) {
                throw new ForbiddenException("Your role may not do this.");
            }
        }
        if (request.getMethod().equals(HttpMethod.POST)) {
            form(request, open ? null : visit.session());
        }
    }

    /** @param session null: the form needs no token, for there is no session that it could misuse */
    private void form(ContainerRequestContext request, @Nullable Session session) throws IOException {
        String host = request.getHeaderString(HttpHeaders.HOST);
        if (!SameOrigin.of(request.getHeaderString("Sec-Fetch-Site"), request.getHeaderString("Origin"), host)) {
            throw new ForbiddenException("The form was sent by a page of another site.");
        }
        if (!MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType())) {
            throw new NotSupportedException("The console's pages send forms, nothing else.");
        }
        Form form =
                Form.parse(body.read(request.getHeaderString(HttpHeaders.CONTENT_LENGTH), request.getEntityStream()));
        form.keep(request);
        if (session != null && !session.owns(form.text(Form.TOKEN))) {
            throw new ForbiddenException("The form is older than your session, or was not made by it.");
        }
    }
}
