package io.requartz.scope;

import static org.assertj.core.api.Assertions.assertThat;

import io.requartz.api.ErrorCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds of a scope whatever happens to it, against a reference that keeps all that has happened and counts it anew. */
class ScopeStatePropertiesTest {

    private static final Instant START = Instant.parse("2024-01-15T14:00:00Z");

    private enum Event {
        SUCCESS,
        FAILURE,
        RESET,
        ENABLE,
        DISABLE,
        TRIGGER
    }

    /** A history, and what it means, worked out from its beginning each time. */
    private static final class Reference {
        private final List<Event> history = new ArrayList<>();
        private final List<Long> epochs = new ArrayList<>();
        private final int limit;
        private boolean byPerson;
        private boolean byFailures;

        Reference(int limit) {
            this.limit = limit;
        }

        void add(Event event, long epochBefore) {
            boolean enabledByPerson = event == Event.ENABLE && (byPerson || byFailures);
            history.add(event == Event.ENABLE && !enabledByPerson ? Event.TRIGGER : event);
            epochs.add(event == Event.FAILURE ? epochBefore : -1);
            switch (event) {
                case SUCCESS, RESET, TRIGGER -> byFailures = false;
                case FAILURE -> byFailures = !byPerson && (byFailures || trailingFailures() >= limit);
                case ENABLE -> {
                    byPerson = false;
                    byFailures = false;
                }
                case DISABLE -> {
                    byPerson = true;
                    byFailures = false;
                }
            }
        }

        int trailingFailures() {
            int failures = 0;
            for (Event event : history) {
                switch (event) {
                    case FAILURE -> failures++;
                    case SUCCESS, RESET, ENABLE -> failures = 0;
                    case DISABLE, TRIGGER -> {
                        // neither counts nor ends a count
                    }
                }
            }
            return failures;
        }

        long carrying(long epoch) {
            return epochs.stream().filter(each -> each == epoch).count();
        }
    }

    @Property
    void failuresAreAlwaysTheTrailingOnesAndThoseOfThePresentEpoch(
            @ForAll("histories") List<Event> events, @ForAll @IntRange(min = 1, max = 5) int limit) {
        ScopeState state = ScopeState.NEW;
        Reference reference = new Reference(limit);
        Instant now = START;
        for (Event event : events) {
            now = now.plusSeconds(1);
            ScopeState before = state;
            state = after(state, event, now, limit);
            reference.add(event, before.epoch());

            assertThat(state.failures()).as("%s of %s", event, before).isEqualTo(reference.trailingFailures());
            assertThat(state.failures()).isEqualTo((int) reference.carrying(state.epoch()));
            assertThat(state.automatic()).isEqualTo(reference.byFailures);
            assertThat(state.disabled()).isEqualTo(reference.byFailures || reference.byPerson);
            assertThat(state.epoch()).isGreaterThanOrEqualTo(before.epoch());
            assertThat(state.disabledBy() == null).isEqualTo(!state.disabled());
        }
    }

    @Property
    void whatAPersonDisabledOnlyAPersonEnables(@ForAll("histories") List<Event> events) {
        ScopeState state = ScopeState.NEW.disabled(START, "token:anna");
        for (Event event : events) {
            if (event != Event.ENABLE) {
                state = after(state, event, START, 3);
                assertThat(state.disabledBy()).startsWith("token:");
                assertThat(state.lets(Stands.PROBE, false)).isFalse();
                assertThat(state.lets(Stands.GATED, true)).isTrue();
            }
        }
        assertThat(state.enabled().disabled()).isFalse();
        assertThat(state.enabled().failures()).isZero();
    }

    @Property
    void aSuccessAfterASuccessChangesNothingForAMinute(@ForAll @IntRange(max = 59) int seconds) {
        ScopeState clean = ScopeState.NEW.succeeded(START);

        assertThat(clean.succeeded(START.plusSeconds(seconds))).isSameAs(clean);
        assertThat(clean.succeeded(START.plusSeconds(60)).lastSuccessAt()).isEqualTo(START.plusSeconds(60));
    }

    private static ScopeState after(ScopeState state, Event event, Instant now, int limit) {
        return switch (event) {
            case SUCCESS -> state.succeeded(now);
            case FAILURE -> state.failed(now, ErrorCategory.AUTHENTICATION, "refused", limit);
            case RESET -> state.reset();
            case ENABLE -> state.enabled();
            case DISABLE -> state.disabled(now, "token:anna");
            case TRIGGER -> state.triggered();
        };
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        return Arbitraries.frequency(
                        net.jqwik.api.Tuple.of(4, Event.FAILURE),
                        net.jqwik.api.Tuple.of(2, Event.SUCCESS),
                        net.jqwik.api.Tuple.of(1, Event.RESET),
                        net.jqwik.api.Tuple.of(1, Event.ENABLE),
                        net.jqwik.api.Tuple.of(1, Event.DISABLE),
                        net.jqwik.api.Tuple.of(1, Event.TRIGGER))
                .list()
                .ofMaxSize(60);
    }
}
