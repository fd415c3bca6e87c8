package io.requartz.walk;

/** What can happen next, and how often it does. */
enum Step {
    SUBMIT(16),
    SUBMIT_BY_PERSON(2),
    TURN(34),
    TIME(10),
    OUTAGE(1),
    CLOCK_SET_BACK(2),
    CLOCK_SET_FORWARD(1),
    DUTIES(6),
    CANCEL(2),
    RETRY(3),
    RESOLVE(2),
    RESET_ALL(1),
    RESET_RESTAURANT(1),
    RESET_EXACTLY(1),
    ENABLE(2),
    DISABLE(1),
    CHANGE_LIMIT(1),
    PAUSE_ALL(1),
    RESUME_ALL(2),
    PAUSE_TYPE(1),
    RESUME_TYPE(2),
    CHANGE_SCHEDULE(2),
    PAUSE_SCHEDULE(1),
    RESUME_SCHEDULE(2),
    TRIGGER_SCHEDULE(1),
    NODE_TAKES_AND_DIES(1),
    NODE_LEAVES(1),
    RECOVER(3);

    private final int weight;

    Step(int weight) {
        this.weight = weight;
    }

    int weight() {
        return weight;
    }
}
