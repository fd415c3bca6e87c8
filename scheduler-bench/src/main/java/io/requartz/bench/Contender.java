package io.requartz.bench;

import java.time.Duration;
import java.util.List;
import org.quartz.SchedulerException;

/** A scheduler that is measured. All of them run {@link Noop} on an equal footing: their own tables, one node, durable commits. */
interface Contender {

    String name();

    /** By the name that the command line uses. */
    static Contender named(String name) {
        if (name.equals("requartz")) {
            return new RequartzContender();
        }
        if (name.equals("quartz")) {
            return QuartzContender.byDefault();
        }
        if (name.matches("quartz-batch-[1-9][0-9]{0,3}")) {
            return QuartzContender.batched(Integer.parseInt(name.substring("quartz-batch-".length())));
        }
        throw new IllegalArgumentException("no contender is called '" + name
                + "'; expected requartz, quartz or quartz-batch-N, such as quartz-batch-20");
    }

    /** Creates the tables. */
    void prepare(Place place) throws Exception;

    /** Stores this many runs that are due at once, and lets go of all connections. */
    void load(Place place, int runs) throws Exception;

    /** Connects; nothing runs yet. */
    Bout enter(Place place, int threads) throws Exception;

    /** Counts what is not done yet. */
    List<String> openRows();

    /** One connected scheduler. */
    interface Bout extends AutoCloseable {

        void start() throws Exception;

        /** Submits one run that is due at once and waits until what came of it is committed. */
        Timing once() throws Exception;

        @Override
        void close() throws SchedulerException;
    }

    /** How long anything may take before the measurement is given up. */
    Duration PATIENCE = Duration.ofMinutes(10);
}
