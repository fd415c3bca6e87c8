package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an HTTP status means, and where messages speak of one. */
final class HttpStatuses {

    private static final Pattern NAMED = Pattern.compile(
            "\\b(?:HTTP(?:/\\d(?:\\.\\d)?)?|status|response code|status ?code)"
                    + "(?: (?:error|status|response|code|was|is|of)){0,3}\\s?[:=]?\\s?([45]\\d\\d)(?!\\d)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern WITH_REASON = Pattern.compile(
            "(?<![\\w.])([45]\\d\\d):? (?:Bad Request|Unauthorized|Forbidden|Not Found|Method Not Allowed|Not Acceptable"
                    + "|Request Timeout|Conflict|Gone|Payload Too Large|Content Too Large|Unsupported Media Type"
                    + "|Unprocessable (?:Entity|Content)|Locked|Too Early|Too Many Requests|Internal Server Error"
                    + "|Not Implemented|Bad Gateway|Service Unavailable|Gateway Time-?out)",
            Pattern.CASE_INSENSITIVE);

    private HttpStatuses() {}

    /** Null if the status is not that of a failure. */
    static ErrorCategory categoryOf(int status) {
        if (status >= 500 && status <= 599) {
            return ErrorCategory.SERVER_ERROR;
        }
        if (status < 400 || status > 499) {
            return null;
        }
        return switch (status) {
            case 401 -> ErrorCategory.AUTHENTICATION;
            case 403 -> ErrorCategory.PERMISSION;
            case 404, 410 -> ErrorCategory.NOT_FOUND;
            case 408 -> ErrorCategory.TIMEOUT;
            case 409, 423, 425 -> ErrorCategory.TEMPORARY;
            case 429 -> ErrorCategory.RATE_LIMIT;
            default -> ErrorCategory.VALIDATION;
        };
    }

    /** The first status of 400 to 599 that a message names as such, {@code HTTP 503} or {@code 404 Not Found}; null if none does. */
    static Integer saidIn(List<Link> links) {
        for (Link link : links) {
            Matcher named = NAMED.matcher(link.messageOrEmpty());
            Matcher withReason = WITH_REASON.matcher(link.messageOrEmpty());
            Matcher found = named.find() ? named : withReason.find() ? withReason : null;
            if (found != null) {
                return Integer.valueOf(found.group(1));
            }
        }
        return null;
    }
}
