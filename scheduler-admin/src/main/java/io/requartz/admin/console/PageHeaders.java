package io.requartz.admin.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;

/**
 * Allows pages what they need and nothing more: our own stylesheet, script and icon, and forms to ourselves. Nothing inline, no
 * frame, no other host. Everything else that a browser is told stands on every answer of the server.
 */
final class PageHeaders implements ContainerResponseFilter {

    static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle("Content-Security-Policy", POLICY);
        // "no-referrer" would make browsers send forms with "Origin: null"
        response.getHeaders().putSingle("Referrer-Policy", "same-origin");
    }
}
