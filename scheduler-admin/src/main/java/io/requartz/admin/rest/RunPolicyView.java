package io.requartz.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.requartz.failure.DeclaredCategories;
import io.requartz.retry.ResolvedPolicy;
import io.requartz.retry.RetryPolicyFormat;
import java.util.List;
import java.util.Map;

/** The policy of one run as an answer, see {@link PolicyView}. */
record RunPolicyView(
        JsonNode effective, Map<String, String> from, List<PolicyView.OfCategory> categories, List<String> leftOut) {

    static RunPolicyView of(ResolvedPolicy resolved, DeclaredCategories declared) {
        return new RunPolicyView(
                RetryPolicyFormat.write(resolved.policy()),
                resolved.from(),
                PolicyView.categories(resolved, declared),
                resolved.leftOut());
    }
}
