package io.requartz.admin.rest;

import io.requartz.admin.security.Allow;
import io.requartz.admin.security.Role;
import io.requartz.node.Doctor;
import io.requartz.node.Finding;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Examines the database: whether everything in it fits together. It changes nothing, but costs more than a read should. */
@Path("doctor")
@Produces(MediaType.APPLICATION_JSON)
@Singleton
public final class DoctorResource {

    private final Doctor doctor;

    @Inject
    DoctorResource(Doctor doctor) {
        this.doctor = doctor;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Allow(Role.OPERATOR)
    public Items<Finding> examine(@Nullable JsonBody sent) {
        JsonBody.orEmpty(sent).knowing().done();
        return Items.of(doctor.examine(), finding -> finding);
    }
}
