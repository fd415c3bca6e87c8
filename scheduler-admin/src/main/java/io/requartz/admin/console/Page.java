package io.requartz.admin.console;

import java.util.Locale;

/** What a template of the same name shows. The record's components are all that it may ask for. */
interface Page {

    /** {@code RunPage} is shown by {@code run.jte}. */
    default String template() {
        String name = getClass().getSimpleName();
        String bare = name.substring(0, name.length() - "Page".length());
        return bare.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT) + ".jte";
    }
}
