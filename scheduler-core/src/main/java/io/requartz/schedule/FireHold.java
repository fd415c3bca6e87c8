package io.requartz.schedule;

import io.requartz.tx.Tx;
import java.util.List;
import java.util.Map;

/** Asked before a schedule makes runs, in the transaction of the fire: what it would work on may be held, as a disabled scope is. */
@FunctionalInterface
public interface FireHold {

    /** Holds nothing. */
    FireHold NONE = (tx, schedule, cells) -> Map.of();

    /**
     * A fire by hand is not asked about.
     *
     * @return why, in a sentence for people, by name of the cell; cells that may run are left out
     */
    Map<String, String> ask(Tx tx, Schedule schedule, List<Cell> cells);
}
