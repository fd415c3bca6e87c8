package io.requartz.jdbc;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What Flyway says goes to our log, a step lower: {@link Migration} tells what matters, and what fails is thrown as well. Public
 * because Flyway makes it, by name.
 */
public final class QuietFlywayLogs implements LogCreator {

    @Override
    public Log createLogger(Class<?> source) {
        return new Quiet(LoggerFactory.getLogger(source));
    }

    @SuppressWarnings("deprecation") // Flyway still asks for isDebugEnabled
    private record Quiet(Logger log) implements Log {

        @Override
        public boolean isDebugEnabled() {
            return log.isTraceEnabled();
        }

        @Override
        public void debug(String message) {
            log.trace(message);
        }

        @Override
        public void info(String message) {
            log.debug(message);
        }

        @Override
        public void notice(String message) {
            log.debug(message);
        }

        @Override
        public void warn(String message) {
            log.debug(message);
        }

        @Override
        public void error(String message) {
            log.debug(message);
        }

        @Override
        public void error(String message, Exception failed) {
            log.debug(message, failed);
        }
    }
}
