package io.requartz.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lets engines take turns. */
final class Turns {

    private Turns() {}

    /** One round of one engine. */
    interface Round<T> {

        /** @param number from 1; 0 is a warm-up, which does not count */
        T of(Engine engine, int number) throws Exception;
    }

    /**
     * All rounds, in the order in which they were.
     *
     * @param warmed whether each has a round first that does not count
     */
    static <T> List<T> take(List<Engine> engines, int rounds, boolean warmed, Round<T> round) throws Exception {
        List<Engine> order = new ArrayList<>(engines);
        List<T> done = new ArrayList<>();
        for (int number = warmed ? 0 : 1; number <= rounds; number++) {
            for (Engine engine : order) {
                // what the one before has left on the heap is not this one's to clear
                System.gc();
                T result = round.of(engine, number);
                if (number > 0) {
                    done.add(result);
                }
            }
            // whoever came last comes first: what one leaves behind (dirty pages, a checkpoint) does not always meet
            // the same next
            Collections.reverse(order);
        }
        return done;
    }
}
