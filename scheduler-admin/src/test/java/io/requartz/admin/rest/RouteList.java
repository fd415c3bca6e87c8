package io.requartz.admin.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.glassfish.jersey.server.model.Resource;

/** All routes of the API, as Jersey's own model knows them. */
final class RouteList {

    private RouteList() {}

    /** @param path as declared, with its {@code {id}} */
    record Route(String method, String path) {

        /** With an id that no run has. */
        String filled() {
            return path.replace("{id}", UUID.randomUUID().toString())
                    .replace("{type}", "hello")
                    .replace("{name}", "sync");
        }

        boolean writes() {
            return !method.equals("GET");
        }
    }

    static List<Route> all() {
        List<Route> routes = new ArrayList<>();
        for (Class<?> resource : Api.ROUTES) {
            collect(Resource.from(resource), Api.ROOT, routes);
        }
        return routes;
    }

    private static void collect(Resource resource, String above, List<Route> routes) {
        String part = resource.getPath().replaceAll("^/|/$", "");
        String path = part.isEmpty() ? above : above + "/" + part;
        resource.getResourceMethods().forEach(method -> routes.add(new Route(method.getHttpMethod(), path)));
        resource.getChildResources().forEach(child -> collect(child, path, routes));
    }
}
