package io.requartz.retry;

import io.requartz.api.ErrorCategory;
import io.requartz.failure.ErrorCategories;
import io.requartz.failure.Failure;
import io.requartz.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.random.RandomGenerator;

/**
 * Decides what follows from a failure. A pure function: the same arguments and draws give the same decision; it waits for
 * nothing and costs a few microseconds.
 *
 * <p>How a delay comes about, in this order:
 *
 * <ol>
 *   <li>the backoff's formula, or {@code first} after failure 1; counted from the creation, what of it is left now;
 *   <li>kept within {@code min-delay} and {@code max-delay}, and before the end of the year 9999;
 *   <li>jitter. What it would move beyond a bound is mirrored at it, so that delays at the cap are spread downwards and delays at
 *       the floor upwards, and nowhere pile up at the bound itself;
 *   <li>a Retry-After, cut to its ceiling, is one more floor. Where it is the longer one, the size of the jitter is added to it,
 *       {@code max-delay} does not shorten it, and the ceiling is the bound.
 * </ol>
 *
 * <p>A failure that could only be tried again after {@code max-elapsed} is given up at once; jitter alone never brings that about.
 */
public final class RetryPlanner {

    /** Where planning ends, but for the rest of a millisecond: databases and people stop reading dates here. */
    static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59Z");

    private static final int NODES_LOST_AT_MOST = 2;

    private final RetryPolicy policy;
    private final CycleState cycle;
    private final Failure failure;
    private final Instant now;
    private final Rule rule;
    private final StringBuilder why = new StringBuilder(160);

    private RetryPlanner(RetryPolicy policy, CycleState cycle, Failure failure, Instant now) {
        this.policy = policy;
        this.cycle = cycle;
        this.failure = failure;
        this.now = now;
        this.rule = policy.ruleFor(failure.category());
    }

    /**
     * What follows from this failure, at this point of this cycle.
     *
     * @param now when the attempt failed
     * @param random drawn from at most twice
     */
    public static Decision plan(
            RetryPolicy policy, CycleState cycle, Failure failure, Instant now, RandomGenerator random) {
        return new RetryPlanner(policy, cycle, failure, now).plan(random);
    }

    private Decision plan(RandomGenerator random) {
        ErrorCategory category = failure.category();
        if (category.equals(ErrorCategory.NODE_LOST) && cycle.nodesLost() > NODES_LOST_AT_MOST) {
            String lost =
                    "the node was lost " + cycle.nodesLost() + " times in this cycle: the job may be what kills it";
            return new Decision.GiveUp(GiveUpReason.CRASHED, false, lost);
        }
        if (!policy.retries(category)) {
            return giveUp(GiveUpReason.NOT_RETRYABLE, notRetryable(category));
        }
        if (rule.backoff() instanceof Backoff.Schedule) {
            return giveUp(GiveUpReason.EXHAUSTED, "the next fire of its schedule is the retry");
        }
        return withinAttempts()
                ? delayed(random)
                : giveUp(
                        GiveUpReason.EXHAUSTED,
                        why.append(": no attempt is left").toString());
    }

    private String notRetryable(ErrorCategory category) {
        if (!policy.enabled()) {
            return "retry-enabled is false: nothing is tried again";
        }
        boolean passing = ErrorCategories.isTemporary(category)
                && !(policy.retryOn() instanceof RetryOn.ByDefault byDefault
                        && byDefault.persistent().contains(category));
        return category + " is not tried again" + (passing ? "" : "; a person must act");
    }

    private Decision.GiveUp giveUp(GiveUpReason reason, String sentence) {
        return new Decision.GiveUp(reason, policy.whenOver(failure.category()) == WhenOver.CLOSE, sentence);
    }

    /** A category's own limit stands in for the policy's, and counts its own failures only. */
    private boolean withinAttempts() {
        Rule own = policy.byCategory().getOrDefault(failure.category(), Rule.NONE);
        boolean counted = own.limits().maxAttempts() != null;
        int failures = counted ? cycle.failuresOf(failure.category()) : cycle.failures();
        int atMost = rule.limits().maxAttempts();
        why.append(counted ? failure.category() + " failure " : "failure ").append(failures);
        if (atMost != RetryPolicy.UNLIMITED) {
            why.append(" of at most ").append(atMost);
        }
        return failures < atMost;
    }

    private Decision delayed(RandomGenerator random) {
        long toTheEnd = Math.max(0, between(now, END_OF_TIME));
        long floor = Math.min(rule.bounds().min().toMillis(), toTheEnd);
        long cap = Math.min(rule.bounds().max().toMillis(), toTheEnd);
        long planned = bounded(untilDue(), floor, cap);
        long asked = Math.min(askedFor(), toTheEnd);
        long left = leftOfCycle();
        if (Math.max(planned, asked) > left) {
            return giveUp(GiveUpReason.ELAPSED, elapsed(left));
        }

        long offset = rule.jitter().offset(planned, random);
        boolean longerAsked = asked > planned;
        long drawn = longerAsked
                ? Math.min(
                        asked + Math.abs(offset),
                        Math.min(policy.retryAfterCeiling().toMillis(), toTheEnd))
                : mirrored(planned + offset, Math.max(floor, asked), cap);
        long delay = Math.min(drawn, left);
        tellDelay(longerAsked, planned, delay);
        Duration wait = Duration.ofMillis(delay);
        String strategy = longerAsked ? "retry-after" : rule.backoff().name();
        return new Decision.Retry(wait, now.plus(wait), strategy, why.toString());
    }

    /** Milliseconds until the retry is due by the formula alone. */
    private long untilDue() {
        int n = cycle.failures();
        boolean first = n == 1 && rule.first() != null;
        long formula = (first ? rule.first() : rule.backoff().delay(n)).toMillis();
        why.append(": ").append(first ? "first" : rule.backoff().formula(n));
        why.append(plainly(first) ? " " : " = ").append(text(formula));
        if (rule.measureFrom().after(n) == MeasureFrom.Origin.FAILURE) {
            return formula;
        }
        long age = Math.max(0, between(cycle.createdAt(), now));
        long left = Math.max(0, formula - age);
        why.append(" from creation, ").append(text(left)).append(" of it left");
        return left;
    }

    /** Whether the formula is a word only, and its amount follows it: {@code fixed 30s}. */
    private boolean plainly(boolean first) {
        return first || rule.backoff() instanceof Backoff.Fixed || rule.backoff() instanceof Backoff.Immediate;
    }

    private long bounded(long millis, long floor, long cap) {
        if (millis > cap) {
            why.append(", at most ").append(text(cap));
            return cap;
        }
        if (millis < floor) {
            why.append(", at least ").append(text(floor));
            return floor;
        }
        return millis;
    }

    private long askedFor() {
        Duration asked = failure.retryAfter();
        if (asked == null) {
            return 0;
        }
        Duration ceiling = policy.retryAfterCeiling();
        return asked.compareTo(ceiling) > 0 ? ceiling.toMillis() : Math.max(0, asked.toMillis());
    }

    /** Milliseconds in which an attempt may still start. */
    private long leftOfCycle() {
        Duration maxElapsed = rule.limits().maxElapsed();
        if (maxElapsed.equals(RetryPolicy.FOREVER)) {
            return Long.MAX_VALUE;
        }
        long parked = Math.max(0, Durations.millis(cycle.parked()));
        long used = Math.max(0, between(cycle.cycleStartedAt(), now) - parked);
        return maxElapsed.toMillis() - used;
    }

    private String elapsed(long left) {
        why.append(": ").append(text(rule.limits().maxElapsed().toMillis())).append(" since the cycle's start ");
        return why.append(left > 0 ? "would be over before it" : "are over").toString();
    }

    /** Brings what passes a bound back inside by as much as it passed it; what then passes the other one becomes that bound. */
    static long mirrored(long millis, long floor, long cap) {
        long inside = millis;
        if (inside > cap) {
            inside = cap - (inside - cap);
        } else if (inside < floor) {
            inside = floor + (floor - inside);
        }
        return Math.max(floor, Math.min(cap, inside));
    }

    private void tellDelay(boolean longerAsked, long planned, long delay) {
        if (longerAsked) {
            why.append("; Retry-After ").append(Durations.brief(failure.retryAfter()));
            if (failure.retryAfter().compareTo(policy.retryAfterCeiling()) > 0) {
                why.append(", at most ").append(Durations.brief(policy.retryAfterCeiling()));
            }
        }
        if (!(rule.jitter() instanceof Jitter.None)) {
            why.append(", jitter");
        }
        if (delay != planned || longerAsked || !(rule.jitter() instanceof Jitter.None)) {
            why.append(" -> ").append(text(delay));
        }
    }

    private static String text(long millis) {
        return millis == Long.MAX_VALUE ? "for ever" : Durations.brief(Duration.ofMillis(millis));
    }

    /** Not by {@code Duration.between}, which throws and catches an exception inside for more than 292 years, at 20 us. */
    private static long between(Instant from, Instant to) {
        return countable(from).until(countable(to), ChronoUnit.MILLIS);
    }

    private static Instant countable(Instant time) {
        if (time.isAfter(END_OF_TIME)) {
            return END_OF_TIME;
        }
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }
}
