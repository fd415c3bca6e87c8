package io.requartz.config;

import java.util.List;

/** The configuration cannot be used. Tells everything that is wrong with it, each in a line that begins with the place. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> errors;

    ConfigException(List<String> errors) {
        super(message(errors));
        this.errors = List.copyOf(errors);
    }

    private static String message(List<String> errors) {
        String count = errors.size() == 1 ? "1 thing is" : errors.size() + " things are";
        return count + " wrong in the configuration:\n  " + String.join("\n  ", errors);
    }

    /** In the order of file, environment and options; never empty. */
    public List<String> errors() {
        return errors == null ? List.of() : errors;
    }
}
