package io.requartz.admin.console;

import io.requartz.admin.rest.Wire;
import io.requartz.problem.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/** How every act of a person ends: with a page that says what became of it. */
final class Acts {

    private final Glance glance;

    Acts(Glance glance) {
        this.glance = glance;
    }

    /**
     * Does it, and goes where the form came from.
     *
     * @param otherwise where to, if the form does not say
     * @throws Problem of kind NOT_FOUND: there is no page to go back to
     */
    Response act(ContainerRequestContext request, String otherwise, Supplier<Flash> act) {
        Flash said;
        try {
            said = act.get();
        } catch (Problem problem) {
            if (problem.kind() == Problem.Kind.NOT_FOUND) {
                throw problem;
            }
            said = told(problem);
        }
        return said(request, back(request, otherwise), said);
    }

    /** The page that the form names as the one to go to. */
    String back(ContainerRequestContext request, String otherwise) {
        String back = Form.of(request).text("back");
        return back == null ? otherwise : Go.local(back);
    }

    Response said(ContainerRequestContext request, String page, Flash said) {
        Visit.of(request).session().say(said);
        glance.forget();
        return Go.to(page);
    }

    static Flash told(Problem problem) {
        StringBuilder text = new StringBuilder(Wire.cleaned(String.valueOf(problem.getMessage()), 1_000));
        for (String detail : problem.details()) {
            text.append(" · ").append(Wire.cleaned(detail, 500));
        }
        return new Flash(false, text.toString(), Wire.cleaned(problem.hint(), 1_000));
    }
}
