package io.requartz.bench;

import java.time.Duration;
import java.time.Instant;
import org.quartz.SchedulerException;

/** A scheduler that is measured. All of them do the same {@link Work} on an equal footing: their own tables, durable commits. */
interface Engine {

    /** How long anything may take before the measurement is given up. */
    Duration PATIENCE = Duration.ofMinutes(10);

    /** As the command line calls it. */
    String name();

    /** Whether it is so slow that it gets fewer runs. */
    boolean slow();

    /** Whether it can do such work. */
    boolean does(Work work);

    /** Creates the tables. */
    void prepare(Place place) throws Exception;

    /** Connects; nothing runs yet. */
    Member enter(Place place, int threads) throws Exception;

    /** Counts what is under way: 0 as soon as the outcomes of all that was executed are committed. Timed runs are left out. */
    String underWay();

    /** Counts the runs that are not done, those that wait for a later time among them. Timed runs are left out. */
    String openRuns();

    /** Stores this many runs, as fast as it can, and lets go of all connections. */
    default void load(Place place, Work work, Instant due, int runs) throws Exception {
        try (Member member = enter(place, Submitters.LOADERS)) {
            new Submitters(Submitters.LOADERS).submit(member, work, due, runs, Submitters.LOADED_AT_ONCE);
        }
    }

    /** One connected scheduler. */
    interface Member extends AutoCloseable {

        void start() throws Exception;

        /** Submits one run; it is committed when this returns. */
        void submit(Work work, Instant due) throws Exception;

        /** Submits runs by one call of the engine's own for many; they are committed when this returns. */
        void submitAll(Work work, Instant due, int runs) throws Exception;

        /** Stores this many schedules, each of which makes a timed run every second from now on. */
        void schedule(int count) throws Exception;

        /** Submits one run that is due at once and waits until what came of it is committed. */
        Timing once() throws Exception;

        @Override
        void close() throws SchedulerException;
    }
}
