package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One line of an operator's own classification. All conditions that are set must hold; those about the exception must hold of one
 * and the same exception of the chain of causes. Immutable.
 *
 * @param category what a failure of this kind is
 * @param type only failures of this job type; null: of any
 * @param exception binary name of a class that the exception is or extends; null: any
 * @param message regular expression that is found somewhere in the message, without regard to case; null: any
 * @param httpStatus the answer's status lies in one of these; empty: any or none
 * @param sqlState beginning of the SQLSTATE; null: any or none
 * @param vendorCode the database's own error number; null: any or none
 * @param exitCode exit code that the message names; null: any or none
 */
public record ErrorRule(
        ErrorCategory category,
        String type,
        String exception,
        String message,
        List<Statuses> httpStatus,
        String sqlState,
        Integer vendorCode,
        Integer exitCode) {

    /** A range of HTTP statuses, both ends included. */
    public record Statuses(int from, int to) {
        public Statuses {
            if (from < 100 || to > 599 || from > to) {
                throw new IllegalArgumentException("HTTP statuses lie between 100 and 599");
            }
        }

        boolean holds(int status) {
            return from <= status && status <= to;
        }
    }

    /** @throws IllegalArgumentException if it has no condition, says node_lost, or its message is no regular expression */
    public ErrorRule {
        Objects.requireNonNull(category, "category");
        httpStatus = List.copyOf(httpStatus);
        if (category.equals(ErrorCategory.NODE_LOST)) {
            throw new IllegalArgumentException("node_lost is the platform's own word; no rule can say it");
        }
        if (exception == null
                && message == null
                && httpStatus.isEmpty()
                && sqlState == null
                && vendorCode == null
                && exitCode == null
                && type == null) {
            throw new IllegalArgumentException("the rule has no condition");
        }
        if (message != null) {
            pattern(message);
        }
    }

    ClassificationRule compiled() {
        Pattern pattern = message == null ? null : pattern(message);
        return signs -> holds(signs, pattern) ? category : null;
    }

    private boolean holds(Signs signs, Pattern pattern) {
        if (type != null && !type.equals(signs.jobType())) {
            return false;
        }
        if (!httpStatus.isEmpty() && !statusHolds(signs)) {
            return false;
        }
        return signs.links().stream().anyMatch(link -> holds(link, pattern));
    }

    private boolean statusHolds(Signs signs) {
        Integer status = signs.httpStatus() != null ? signs.httpStatus() : HttpStatuses.saidIn(signs.links());
        return status != null && httpStatus.stream().anyMatch(range -> range.holds(status));
    }

    private boolean holds(Link link, Pattern pattern) {
        return (exception == null || link.isA(exception))
                && (sqlState == null
                        || (link.sqlState() != null && link.sqlState().startsWith(sqlState)))
                && (vendorCode == null || link.vendorCode() == vendorCode)
                && (exitCode == null || exitCode.equals(MessagePatterns.exitCodeIn(link)))
                && (pattern == null || PatientText.finds(pattern, link.messageOrEmpty()));
    }

    private static Pattern pattern(String message) {
        return Pattern.compile(message, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
