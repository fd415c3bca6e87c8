package io.requartz.failure;

import io.requartz.api.ErrorCategory;

/** What a database's error tells, by SQLSTATE and, where that is vague, by the vendor's number. */
final class SqlStates {

    private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;
    private static final int MYSQL_DEADLOCK = 1213;

    private SqlStates() {}

    /** Null if the exception is not a database's, or its state tells nothing. */
    static ErrorCategory categoryOf(Link link) {
        String state = link.sqlState();
        if (state == null || state.length() != 5) {
            return null;
        }
        if (state.equals("HY000")) {
            boolean lock = link.vendorCode() == MYSQL_LOCK_WAIT_TIMEOUT || link.vendorCode() == MYSQL_DEADLOCK;
            return lock ? ErrorCategory.TEMPORARY : null;
        }
        return switch (state) {
            // PostgreSQL: lock not available; H2: lock timeout
            case "55P03", "HYT00" -> ErrorCategory.TEMPORARY;
            // the statement was cancelled, as by a statement timeout
            case "57014" -> ErrorCategory.TIMEOUT;
            // PostgreSQL: shutting down, crashed, starting up
            case "57P01", "57P02", "57P03" -> ErrorCategory.NETWORK;
            case "42501" -> ErrorCategory.PERMISSION;
            default -> byClass(state.substring(0, 2));
        };
    }

    private static ErrorCategory byClass(String stateClass) {
        return switch (stateClass) {
            case "08" -> ErrorCategory.NETWORK;
            case "28" -> ErrorCategory.AUTHENTICATION;
            // rolled back: deadlock, serialization failure; 53: too many connections, no memory
            case "40", "53" -> ErrorCategory.TEMPORARY;
            default -> null;
        };
    }
}
