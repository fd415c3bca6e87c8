package io.requartz.plugin;

/** Why a jar or one of its classes cannot be used, and what to do about it. */
final class PluginRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String hint;

    PluginRefused(String reason, String hint) {
        super(reason);
        this.hint = hint;
    }

    PluginRefused(String reason, String hint, Throwable cause) {
        super(reason, cause);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
