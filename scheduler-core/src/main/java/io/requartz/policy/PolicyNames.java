package io.requartz.policy;

import java.util.regex.Pattern;

/** How policies are called: {@value #DEFAULT}, {@code type:} and a job type's name, or a name of their own. */
public final class PolicyNames {

    /** What holds for all types where nothing else is said: the configuration's {@code retry:}. */
    public static final String DEFAULT = "default";

    /** A path of the API. */
    private static final String SIMULATE = "simulate";

    private static final String OF_TYPE = "type:";
    private static final Pattern OWN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}");

    private PolicyNames() {}

    /** The name of a type's own policy. */
    public static String ofType(String type) {
        return OF_TYPE + type;
    }

    public static boolean isOfType(String name) {
        return name.startsWith(OF_TYPE);
    }

    /** The type whose policy is named so. */
    static String type(String name) {
        return name.substring(OF_TYPE.length());
    }

    /** Whether a policy can be given this name; {@value #DEFAULT} and {@value #SIMULATE} are taken. */
    public static boolean isOwn(String name) {
        return OWN.matcher(name).matches() && !name.equals(DEFAULT) && !name.equals(SIMULATE);
    }

    /** What {@link #isOwn} takes, for people. */
    public static String form() {
        return "1 to 100 letters, digits, '_', '.' and '-', beginning with a letter or digit, neither 'default' nor 'simulate'";
    }
}
