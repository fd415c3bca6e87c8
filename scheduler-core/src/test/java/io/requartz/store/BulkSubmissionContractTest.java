package io.requartz.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.requartz.problem.Problem;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Submission;
import io.requartz.run.Submitted;
import io.requartz.testdb.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many runs submitted at once, the same on every database. */
abstract class BulkSubmissionContractTest extends ScriptedRunsContract {

    BulkSubmissionContractTest(TestDatabase kind) {
        super(kind);
    }

    private static List<Submission> keyed(int from, int to, String step) {
        return IntStream.range(from, to)
                .mapToObj(i -> wish(step).idempotencyKey("order-" + i).build())
                .toList();
    }

    private static List<Run> runs(List<Submitted> all) {
        return all.stream().map(Submitted::run).toList();
    }

    private long waiting() {
        return scheduler.control().status().runs().get(RunState.SCHEDULED);
    }

    @Test
    void allOfThemAreThereWithWhatWasWishedAndRun() {
        List<Submission> wishes = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            wishes.add(wish("ok").tags(List.of("bulk", "n" + i)).build());
        }

        List<Submitted> all = scheduler.runs().submitAll(wishes);

        assertThat(all).hasSize(700).allMatch(Submitted::created);
        assertThat(scheduler
                        .runs()
                        .list(new RunFilter(Set.of(), null, null, "n699", null, null, null, null, 0), 10, null)
                        .items())
                .singleElement()
                .extracting(Run::id)
                .isEqualTo(all.get(699).run().id());
        assertThat(scheduler.runDue()).isEqualTo(700);
        assertThat(read(all.get(0).run()).tags()).containsExactly("bulk", "n0");
        assertThat(read(all.get(0).run()).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatIsToStartLaterWaitsForItsTime() {
        scheduler
                .runs()
                .submitAll(List.of(
                        wish("ok").build(),
                        wish("ok").delay(Duration.ofHours(1)).build()));

        assertThat(scheduler.runDue()).isEqualTo(1);
        clock.advance(Duration.ofHours(1));
        assertThat(scheduler.runDue()).isEqualTo(1);
    }

    @Test
    void repeatedKeysAnswerTheRunsThatTheyStandFor() {
        List<Submitted> first = scheduler.runs().submitAll(keyed(0, 600, "ok"));

        List<Submitted> again = scheduler.runs().submitAll(keyed(300, 900, "ok"));

        assertThat(runs(again.subList(0, 300)))
                .extracting(Run::id)
                .isEqualTo(runs(first.subList(300, 600)).stream().map(Run::id).toList());
        assertThat(again.subList(0, 300)).noneMatch(Submitted::created);
        assertThat(again.subList(300, 600)).allMatch(Submitted::created);
        assertThat(waiting()).isEqualTo(900);
        scheduler.runDue();
    }

    @Test
    void aKeyTwiceInOneListIsOneRun() {
        List<Submitted> all = scheduler
                .runs()
                .submitAll(List.of(
                        wish("ok").idempotencyKey("twice").build(),
                        wish("ok").idempotencyKey("twice").build()));

        assertThat(all).extracting(Submitted::created).containsExactly(true, false);
        assertThat(all.get(1).run()).isEqualTo(all.get(0).run());
        assertThat(scheduler.runDue()).isEqualTo(1);
    }

    @Test
    void aKeyOfOtherWorkRefusesAllOfThem() {
        scheduler.runs().submit(wish("ok").idempotencyKey("order-5").build());

        assertThatThrownBy(() -> scheduler.runs().submitAll(keyed(0, 10, "500")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("with another payload");

        assertThat(waiting()).isEqualTo(1);
        scheduler.runDue();
    }

    @Test
    void aUniqueKeyIsHeldByTheFirstOfThem() {
        Submission unique = wish("ok").uniqueWhileOpen("shop-7").build();

        assertThatThrownBy(() -> scheduler.runs().submitAll(List.of(unique, unique)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is still open");
        scheduler.runs().submitAll(List.of(unique));
        assertThatThrownBy(() -> scheduler.runs().submitAll(List.of(wish("ok").build(), unique)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("is still open");

        assertThat(waiting()).isEqualTo(1);
        scheduler.runDue();
    }

    @Test
    void whatIsWrongIsToldOfAllAndNoneIsSubmitted() {
        List<Submission> wishes = List.of(
                wish("ok").build(),
                Submission.of("scripted").payload("[1]").build(),
                Submission.of("unheard_of").build());

        Problem refused =
                catchThrowableOfType(Problem.class, () -> scheduler.runs().submitAll(wishes));

        assertThat(refused).hasMessage("2 of 3 runs cannot be accepted, and none was submitted.");
        assertThat(refused.details()).hasSize(2);
        assertThat(refused.details().get(0)).startsWith("run 2: The payload is an array");
        assertThat(refused.details().get(1)).startsWith("run 3: There is no job type 'unheard_of'");
        assertThat(waiting()).isZero();
    }

    @Test
    void partsAreCommittedOneByOneAndNeverMoreThanOneIsHeld() {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> parts = new ArrayList<>();
        Iterator<Submission> wishes = IntStream.range(0, 1_300)
                .mapToObj(i -> {
                    most.accumulateAndGet(held.incrementAndGet(), Math::max);
                    return wish("ok").build();
                })
                .iterator();

        scheduler.runs().submitInParts(wishes, part -> {
            held.addAndGet(-part.size());
            parts.add(part.size());
            assertThat(waiting())
                    .isEqualTo(parts.stream().mapToInt(Integer::intValue).sum());
        });

        assertThat(parts).containsExactly(512, 512, 276);
        // and the one that the stream has ready for the next part
        assertThat(most).hasValueLessThanOrEqualTo(513);
        assertThat(scheduler.runDue()).isEqualTo(1_300);
    }

    @Test
    void nothingIsWishedAndNothingDone() {
        assertThat(scheduler.runs().submitAll(List.of())).isEmpty();
    }
}
