package io.requartz.scope;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * The log lines of a scope, as texts with names in braces: the scope's dimensions and {@link #NAMES}.
 *
 * @param failed an attempt failed and was counted
 * @param disabled the last failure that is allowed; written once
 * @param manual a person asked for a run
 * @param reEnabledManual a person's run has succeeded
 * @param reEnabled another run has succeeded
 */
public record ScopeTexts(String failed, String disabled, String manual, String reEnabledManual, String reEnabled) {

    /** What a text may name beside the dimensions. */
    static final List<String> NAMES = List.of(
            "title", "type", "scope", "label", "failures", "limit", "category", "message", "run", "attempt", "next");

    public static final ScopeTexts DEFAULT = new ScopeTexts(
            "{title} run {run} attempt {attempt} failed for {label} ({failures}/{limit}): {message}; {next}",
            "Disabling {scope} for {label} after {failures} failures in a row. A person must see to it.",
            "Manual run of {title} triggered for {label}",
            "Re-enabled {scope} for {label} after a successful manual run",
            "Re-enabled {scope} for {label} after a success");

    static final int LONGEST = 1_000;

    public ScopeTexts {
        Objects.requireNonNull(failed, "failed");
        Objects.requireNonNull(disabled, "disabled");
        Objects.requireNonNull(manual, "manual");
        Objects.requireNonNull(reEnabledManual, "reEnabledManual");
        Objects.requireNonNull(reEnabled, "reEnabled");
    }

    static String fill(String text, Function<String, String> values) {
        return Template.fill(text, values, LONGEST);
    }
}
