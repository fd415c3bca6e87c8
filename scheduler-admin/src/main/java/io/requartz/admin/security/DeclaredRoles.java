package io.requartz.admin.security;

import jakarta.ws.rs.core.Configuration;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.server.model.ModelProcessor;
import org.glassfish.jersey.server.model.Resource;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;

/** Refuses to start a server that has a route of ours without a declared role, and without the word that it needs none. */
public final class DeclaredRoles implements ModelProcessor {

    @Override
    public ResourceModel processResourceModel(ResourceModel model, Configuration configuration) {
        require(model);
        return model;
    }

    @Override
    public ResourceModel processSubResource(ResourceModel model, Configuration configuration) {
        require(model);
        return model;
    }

    private static void require(ResourceModel model) {
        List<String> open = new ArrayList<>();
        model.getResources().forEach(resource -> collect(resource, open));
        if (!open.isEmpty()) {
            throw new IllegalStateException("these routes have neither @Allow nor @Open: " + open);
        }
    }

    private static void collect(Resource resource, List<String> open) {
        for (ResourceMethod method : resource.getAllMethods()) {
            Method handler = method.getInvocable().getHandlingMethod();
            // "Extended" are Jersey's own additions, answers to OPTIONS.
            boolean declared = handler.isAnnotationPresent(Allow.class) || handler.isAnnotationPresent(Open.class);
            if (!method.isExtended() && !declared) {
                open.add(handler.getDeclaringClass().getSimpleName() + "." + handler.getName());
            }
        }
        resource.getChildResources().forEach(child -> collect(child, open));
    }
}
