package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import io.requartz.api.JobFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes a {@link Failure} of whatever a job threw. Immutable and thread-safe.
 *
 * <p>The category is, in this order: what a {@link JobFailedException} in the chain of causes says itself; what its HTTP status
 * means; and then what the rules tell, the first that knows anything, each asked about the exception and its causes from the
 * outside in: SQLSTATE, exception type, an HTTP status that a message names, the less telling types, an exit code, and phrases in
 * messages. If none knows, it is {@code unknown}. A job cannot say {@code node_lost}: that is the platform's word.
 */
public final class FailureClassifier {

    /** Exceptions that only carry another one: a person wants to see what they carry. */
    private static final Set<String> CARRIERS = Set.of(
            "java.lang.RuntimeException",
            "java.lang.reflect.InvocationTargetException",
            "java.lang.reflect.UndeclaredThrowableException",
            "java.util.concurrent.CompletionException",
            "java.util.concurrent.ExecutionException",
            "java.io.UncheckedIOException",
            "org.quartz.JobExecutionException");

    private static final List<ClassificationRule> SHIPPED = List.of(
            signs -> signs.httpStatus() == null ? null : HttpStatuses.categoryOf(signs.httpStatus()),
            ClassificationRule.byLink(SqlStates::categoryOf),
            ClassificationRule.byLink(ExceptionTypes::telling),
            signs -> {
                Integer said = HttpStatuses.saidIn(signs.links());
                return said == null ? null : HttpStatuses.categoryOf(said);
            },
            ClassificationRule.byLink(ExceptionTypes::vague),
            ClassificationRule.byLink(MessagePatterns::exitCode),
            ClassificationRule.byLink(MessagePatterns::categoryOf));

    private final InstantSource clock;
    private final List<ClassificationRule> rules;

    /** @param clock tells how far away the date of a Retry-After is */
    public FailureClassifier(InstantSource clock) {
        this(clock, SHIPPED);
    }

    private FailureClassifier(InstantSource clock, List<ClassificationRule> rules) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.rules = List.copyOf(rules);
    }

    /**
     * Never throws, whatever the exception's own methods do, and reads only a bounded part of it.
     *
     * @param thrown what came out of the job, an Error too; null is a failure {@code unknown}
     */
    public Failure classify(Throwable thrown) {
        if (thrown == null) {
            return Failure.of(ErrorCategory.UNKNOWN, "the attempt failed without an exception");
        }
        try {
            return read(thrown);
        } catch (Throwable poisoned) {
            String message =
                    "the exception could not be read: " + poisoned.getClass().getName();
            return new Failure(ErrorCategory.UNKNOWN, thrown.getClass().getName(), message, null, null, null, null);
        }
    }

    private Failure read(Throwable thrown) {
        List<Throwable> chain = CauseChain.of(thrown);
        List<Link> links = chain.stream().map(CauseChain::link).toList();
        Word word = wordOfJob(chain);
        Link shown = links.get(firstTelling(links));
        Integer status = word.httpStatus != null ? word.httpStatus : HttpStatuses.saidIn(links);
        return new Failure(
                word.category != null ? word.category : categoryOf(new Signs(word.httpStatus, links)),
                shown.className(),
                shown.message(),
                StackText.of(chain, links),
                status,
                word.retryAfter,
                word.responseExcerpt);
    }

    private ErrorCategory categoryOf(Signs signs) {
        for (ClassificationRule rule : rules) {
            ErrorCategory category = rule.categoryOf(signs);
            if (category != null) {
                return category;
            }
        }
        return ErrorCategory.UNKNOWN;
    }

    /** Index of the first exception that says something of its own. */
    private static int firstTelling(List<Link> links) {
        int i = 0;
        while (i < links.size() - 1
                && CARRIERS.contains(links.get(i).className())
                && repeats(links.get(i), links.get(i + 1))) {
            i++;
        }
        return i;
    }

    private static boolean repeats(Link link, Link cause) {
        return link.message() == null || cause.text().startsWith(link.message());
    }

    /** What the job itself says of its failure; null is what it leaves open. */
    private record Word(ErrorCategory category, Integer httpStatus, Duration retryAfter, String responseExcerpt) {}

    private Word wordOfJob(List<Throwable> chain) {
        for (Throwable thrown : chain) {
            if (thrown instanceof JobFailedException said) {
                return wordOf(said);
            }
        }
        return new Word(null, null, null, null);
    }

    private Word wordOf(JobFailedException said) {
        ErrorCategory category = CauseChain.asked(said::category, Optional.<ErrorCategory>empty())
                .orElse(null);
        OptionalInt status = CauseChain.asked(said::httpStatus, OptionalInt.empty());
        return new Word(
                ErrorCategory.NODE_LOST.equals(category) ? null : category,
                status.isPresent() ? status.getAsInt() : null,
                CauseChain.asked(() -> said.retryAfter(clock), Optional.<Duration>empty())
                        .orElse(null),
                CauseChain.asked(said::responseExcerpt, Optional.<String>empty())
                        .orElse(null));
    }
}
