package io.requartz.admin.rest;

import java.io.IOException;

/** A request's body did not arrive in time. */
final class SlowRequestException extends IOException {

    private static final long serialVersionUID = 1L;

    SlowRequestException() {
        super("the body did not arrive in time");
    }
}
