package io.requartz.jobs.http;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;

/** Failures that only a person can mend, by editing the payload. */
final class Invalid {

    private Invalid() {}

    static JobFailedException payload(String what) {
        return new JobFailedException(what).category(ErrorCategory.VALIDATION);
    }
}
