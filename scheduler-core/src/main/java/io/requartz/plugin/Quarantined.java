package io.requartz.plugin;

import java.util.Objects;

/**
 * A jar that is not loaded, and why. The node runs without it; runs of its types wait.
 *
 * @param jar file name in the plugin directory
 * @param reason what is wrong, in a sentence
 * @param hint what to do about it, in a sentence
 */
public record Quarantined(String jar, String reason, String hint) {

    public Quarantined {
        jar = PluginText.line(Objects.requireNonNull(jar, "jar"));
        reason = PluginText.line(Objects.requireNonNull(reason, "reason"));
        hint = PluginText.line(Objects.requireNonNull(hint, "hint"));
    }
}
