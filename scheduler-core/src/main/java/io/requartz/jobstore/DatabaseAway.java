package io.requartz.jobstore;

import org.quartz.JobPersistenceException;

/** Tells Quartz, which logs what it is told, that the database does not answer; where that was noticed is of no interest. */
final class DatabaseAway extends JobPersistenceException {

    private static final long serialVersionUID = 1L;

    DatabaseAway(String message) {
        super(message);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
