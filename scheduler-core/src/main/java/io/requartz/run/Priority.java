package io.requartz.run;

import java.util.Locale;

/** Five levels; a higher one starts first, among the runs of all types. */
public enum Priority {
    LOWEST(1),
    LOW(3),
    NORMAL(5),
    HIGH(7),
    HIGHEST(9);

    private final int level;

    Priority(int level) {
        this.level = level;
    }

    /** As stored in the trigger; Quartz's own default, 5, is the middle. */
    public int level() {
        return level;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if there is no such level */
    public static Priority ofLevel(int level) {
        for (Priority priority : values()) {
            if (priority.level == level) {
                return priority;
            }
        }
        throw new IllegalArgumentException("no priority has level " + level);
    }
}
