package io.requartz.admin.rest;

import io.requartz.bulk.BulkRefusal;
import java.time.Instant;

/** A run that a bulk action could not deal with, as an answer. */
record BulkRefusalView(String runId, Instant at, String reason) {

    static BulkRefusalView of(BulkRefusal refusal) {
        return new BulkRefusalView(refusal.runId(), refusal.at(), refusal.reason());
    }
}
