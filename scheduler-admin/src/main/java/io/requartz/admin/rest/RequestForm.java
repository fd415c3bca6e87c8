package io.requartz.admin.rest;

import io.requartz.problem.Problem;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for every request that found its route: no unknown query parameters, and JSON said to be JSON on every write. The
 * latter is a protection too: a browser cannot send that content type to another site without asking first.
 */
final class RequestForm implements ContainerRequestFilter {

    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

    @Context
    private @Nullable ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (!READS.contains(request.getMethod())) {
            requireJson(request);
        }
        Method method = resource == null ? null : resource.getResourceMethod();
        Parameters declared = method == null ? null : method.getAnnotation(Parameters.class);
        requireKnown(parameters(request), declared == null ? List.of() : List.of(declared.value()));
    }

    private static void requireJson(ContainerRequestContext request) {
        MediaType type = request.getMediaType();
        if (type == null || !MediaType.APPLICATION_JSON_TYPE.isCompatible(type) || type.isWildcardType()) {
            throw new NotSupportedException();
        }
    }

    private static Set<String> parameters(ContainerRequestContext request) {
        try {
            return request.getUriInfo().getQueryParameters().keySet();
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(
                    "the query cannot be decoded; every % must be followed by two hexadecimal digits", e);
        }
    }

    private static void requireKnown(Set<String> given, List<String> known) {
        if (known.contains(Parameters.ANY)) {
            return;
        }
        List<String> unknown = new ArrayList<>();
        for (String name : given) {
            if (!known.contains(name) && unknown.size() < 20) {
                unknown.add("there is no query parameter " + Wire.quoted(name) + Suggestion.of(name, known));
            }
        }
        if (!unknown.isEmpty()) {
            throw Problem.invalid(
                    unknown.get(0),
                    known.isEmpty()
                            ? "This route takes no query parameters."
                            : "This route takes: " + String.join(", ", known) + ".",
                    unknown.size() == 1 ? List.of() : unknown);
        }
    }
}
