package io.requartz.failure;

import io.requartz.api.ErrorCategory;
import io.requartz.api.ErrorClassifier;
import io.requartz.api.JobFailedException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes a {@link Failure} of whatever a job threw. Immutable and thread-safe.
 *
 * <p>The category is, in this order: what a {@link JobFailedException} in the chain of causes says itself; what the operator's
 * rules tell, the first that holds; what the plugin's own classifiers tell; what the HTTP status of a {@code JobFailedException}
 * means; and then what ships, the first that knows anything, each asked about the exception and its causes from the outside in:
 * SQLSTATE, exception type, an HTTP status that a message names, the less telling types, an exit code, and phrases in messages. If
 * none knows, it is {@code unknown}. Nobody but the platform can say {@code node_lost}.
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
    private final DeclaredCategories categories;
    private final List<ClassificationRule> rules;

    /**
     * With nothing but what ships.
     *
     * @param clock tells how far away the date of a Retry-After is
     */
    public FailureClassifier(InstantSource clock) {
        this(clock, DeclaredCategories.NONE, List.of());
    }

    /** @param rules the operator's own, asked in this order */
    public FailureClassifier(InstantSource clock, DeclaredCategories categories, List<ErrorRule> rules) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.categories = Objects.requireNonNull(categories, "categories");
        this.rules = rules.stream().map(ErrorRule::compiled).toList();
    }

    /** As {@link #classify(Throwable, String, List)}, of no job type in particular. */
    public Failure classify(Throwable thrown) {
        return classify(thrown, null, List.of());
    }

    /**
     * Never throws, whatever the exception's own methods do, and reads only a bounded part of it.
     *
     * @param thrown what came out of the job, an Error too; null is a failure {@code unknown}
     * @param jobType null: not known
     * @param own the classifiers of the job type's plugin
     */
    public Failure classify(Throwable thrown, String jobType, List<ErrorClassifier> own) {
        if (thrown == null) {
            return Failure.of(ErrorCategory.UNKNOWN, "the attempt failed without an exception");
        }
        try {
            return read(thrown, jobType, own);
        } catch (Throwable poisoned) {
            String message =
                    "the exception could not be read: " + poisoned.getClass().getName();
            return new Failure(ErrorCategory.UNKNOWN, thrown.getClass().getName(), message, null, null, null, null);
        }
    }

    private Failure read(Throwable thrown, String jobType, List<ErrorClassifier> own) {
        List<Throwable> chain = CauseChain.of(thrown);
        List<Link> links = chain.stream().map(CauseChain::link).toList();
        Word word = wordOfJob(chain);
        Link shown = links.get(firstTelling(links));
        Integer status = word.httpStatus != null ? word.httpStatus : HttpStatuses.saidIn(links);
        return new Failure(
                word.category != null
                        ? word.category
                        : categoryOf(new Signs(jobType, word.httpStatus, links), rulesWith(own, jobType, thrown)),
                shown.className(),
                shown.message(),
                StackText.of(chain, links),
                status,
                word.retryAfter,
                word.responseExcerpt);
    }

    private List<ClassificationRule> rulesWith(List<ErrorClassifier> own, String jobType, Throwable thrown) {
        List<ClassificationRule> all = new ArrayList<>(rules);
        own.forEach(classifier -> all.add(signs -> wordOf(classifier, jobType, thrown)));
        all.addAll(SHIPPED);
        return all;
    }

    /** Null if it says nothing, or nothing that it may say. */
    private ErrorCategory wordOf(ErrorClassifier classifier, String jobType, Throwable thrown) {
        return allowed(CauseChain.asked(() -> classifier.classify(jobType, thrown), Optional.<ErrorCategory>empty())
                .orElse(null));
    }

    private ErrorCategory allowed(ErrorCategory said) {
        return said == null || said.equals(ErrorCategory.NODE_LOST) ? null : categories.meantBy(said);
    }

    private static ErrorCategory categoryOf(Signs signs, List<ClassificationRule> rules) {
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
                allowed(category),
                status.isPresent() ? status.getAsInt() : null,
                CauseChain.asked(() -> said.retryAfter(clock), Optional.<Duration>empty())
                        .orElse(null),
                CauseChain.asked(said::responseExcerpt, Optional.<String>empty())
                        .orElse(null));
    }
}
