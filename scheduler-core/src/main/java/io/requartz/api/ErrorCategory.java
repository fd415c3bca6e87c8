package io.requartz.api;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What kind of failure an attempt ended with, as in {@code timeout} or {@code rate_limit}. The retry policy decides by it. The
 * constants are the categories that ship; more may be declared in configuration, so this is a name and not an enum.
 *
 * @param name lower case letters, digits and underscores, 1 to 40 characters, beginning with a letter
 */
public record ErrorCategory(String name) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,39}");

    public static final ErrorCategory TIMEOUT = new ErrorCategory("timeout");
    public static final ErrorCategory NETWORK = new ErrorCategory("network");
    public static final ErrorCategory RATE_LIMIT = new ErrorCategory("rate_limit");
    public static final ErrorCategory SERVER_ERROR = new ErrorCategory("server_error");
    public static final ErrorCategory TEMPORARY = new ErrorCategory("temporary");
    public static final ErrorCategory MALFORMED_RESPONSE = new ErrorCategory("malformed_response");
    public static final ErrorCategory NOT_FOUND = new ErrorCategory("not_found");
    public static final ErrorCategory AUTHENTICATION = new ErrorCategory("authentication");
    public static final ErrorCategory PERMISSION = new ErrorCategory("permission");
    public static final ErrorCategory VALIDATION = new ErrorCategory("validation");
    public static final ErrorCategory OUT_OF_MEMORY = new ErrorCategory("out_of_memory");

    /** The node died while the attempt ran. Set by recovery only, never by a job. */
    public static final ErrorCategory NODE_LOST = new ErrorCategory("node_lost");

    public static final ErrorCategory UNKNOWN = new ErrorCategory("unknown");

    /** @throws IllegalArgumentException if the name is not of the form above */
    public ErrorCategory {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an error category is named by a-z, 0-9 and _, 1 to 40 characters, beginning with a letter");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
