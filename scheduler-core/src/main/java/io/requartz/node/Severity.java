package io.requartz.node;

/** How bad a {@link Finding} is, mildest first. */
public enum Severity {
    /** Nothing is wrong; good to know. */
    INFO,
    /** It may be right, but a person should look at it. */
    WARNING,
    /** An invariant is broken. */
    ERROR
}
