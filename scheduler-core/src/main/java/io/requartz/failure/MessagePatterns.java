package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a message tells, where nothing better is known: phrases that libraries and services use. Asked in the order below, without
 * regard to case; so that {@code 504 Gateway Timeout} is the server's error and {@code lock wait timeout} a lock's.
 */
final class MessagePatterns {

    private record Phrase(ErrorCategory category, Pattern pattern) {}

    private static final List<Phrase> PHRASES = List.of(
            phrase(
                    ErrorCategory.RATE_LIMIT,
                    "rate[ _-]?limit|too many requests|quota (?:was |is |has been )?exceeded|throttl(?:ed|ing)"),
            phrase(
                    ErrorCategory.SERVER_ERROR,
                    "internal server error|bad gateway|service unavailable|gateway time-?out"),
            phrase(
                    ErrorCategory.TEMPORARY,
                    "deadlock|lock (?:wait )?time-?out|timeout trying to lock|could not serialize access|temporarily unavailable"
                            + "|(?:try|retry) again later|try again in"),
            phrase(
                    ErrorCategory.NETWORK,
                    "connection (?:was )?(?:refused|reset|closed|aborted|lost)|broken pipe|no route to host"
                            + "|network is (?:unreachable|down)|unknown host|name or service not known"
                            + "|temporary failure in name resolution|could not resolve host|no such host"
                            + "|header parser received no bytes|unexpected end of stream|premature end of|communications link failure"),
            phrase(ErrorCategory.TIMEOUT, "timed[ -]?out|time-?out|deadline (?:was |has been )?exceeded"),
            phrase(
                    ErrorCategory.AUTHENTICATION,
                    "(?:invalid|incorrect|wrong|bad|expired|missing|revoked)[ _-](?:api[ _-]?key|(?:access|auth|bearer)[ _-]token"
                            + "|token|credentials?|password|client[ _-]secret)"
                            + "|(?:api[ _-]?key|token) (?:is |was |has )?(?:invalid|expired|revoked)"
                            + "|\\bunauthori[sz]ed\\b|unauthenticated|authentication (?:failed|required)|not authenticated|login failed"),
            phrase(
                    ErrorCategory.PERMISSION,
                    "\\bforbidden\\b|access (?:is |was )?denied|permission denied|insufficient (?:permission|privilege|scope)"
                            + "|not (?:permitted|authori[sz]ed)"),
            phrase(
                    ErrorCategory.MALFORMED_RESPONSE,
                    "malformed (?:json|xml|response)|(?:invalid|not valid) (?:json|xml)|unexpected (?:character|token"
                            + "|end of (?:json|input))"
                            + "|(?:could not|cannot|failed to) parse (?:the )?response"),
            phrase(
                    ErrorCategory.VALIDATION,
                    "validation (?:failed|error)|invalid (?:payload|request body)|bad request|unprocessable (?:entity|content)"),
            phrase(
                    ErrorCategory.OUT_OF_MEMORY,
                    "java heap space|gc overhead limit exceeded|java\\.lang\\.OutOfMemoryError"));

    private static final Pattern EXIT = Pattern.compile(
            "\\bexit(?:ed)?(?: with)? (?:code|status)[ :=]{1,3}(\\d{1,3})(?!\\d)", Pattern.CASE_INSENSITIVE);

    /** Of timeout(1) and sysexits.h. Others mean what each program wants. */
    private static final Map<Integer, ErrorCategory> EXIT_CODES = Map.of(
            124, ErrorCategory.TIMEOUT,
            64, ErrorCategory.VALIDATION,
            65, ErrorCategory.VALIDATION,
            68, ErrorCategory.NETWORK,
            69, ErrorCategory.TEMPORARY,
            75, ErrorCategory.TEMPORARY,
            77, ErrorCategory.PERMISSION,
            78, ErrorCategory.VALIDATION);

    private MessagePatterns() {}

    /** What is looked for, in this order. */
    static Map<ErrorCategory, String> phrases() {
        Map<ErrorCategory, String> phrases = new LinkedHashMap<>();
        PHRASES.forEach(phrase -> phrases.put(phrase.category, phrase.pattern.pattern()));
        return phrases;
    }

    static Map<Integer, ErrorCategory> exitCodes() {
        return EXIT_CODES;
    }

    /** Null if the message has no such phrase. */
    static ErrorCategory categoryOf(Link link) {
        if (link.message() == null) {
            return null;
        }
        for (Phrase phrase : PHRASES) {
            if (phrase.pattern.matcher(link.message()).find()) {
                return phrase.category;
            }
        }
        return null;
    }

    /** Null if the message tells of no exit code, or of one without a common meaning. */
    static ErrorCategory exitCode(Link link) {
        Integer exit = exitCodeIn(link);
        return exit == null ? null : EXIT_CODES.get(exit);
    }

    /** Null if the message tells of none. */
    static Integer exitCodeIn(Link link) {
        Matcher exit = EXIT.matcher(link.messageOrEmpty());
        return exit.find() ? Integer.valueOf(exit.group(1)) : null;
    }

    private static Phrase phrase(ErrorCategory category, String regex) {
        return new Phrase(category, Pattern.compile(regex, Pattern.CASE_INSENSITIVE));
    }
}
