package io.requartz.admin.security;

/** What a caller may do; each role may do all that the ones before it may. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Submits, cancels, retries, edits, pauses. */
    OPERATOR,
    /** Changes the platform itself. */
    ADMIN;

    public boolean includes(Role wanted) {
        return compareTo(wanted) >= 0;
    }
}
