package io.requartz.admin.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import io.requartz.quartz.LogCapture;

/**
 * Keeps with the running attempt what its threads log; what other threads log is none of its business. To be attached to the root
 * logger, and never behind an asynchronous appender: it goes by the thread that logs.
 */
public final class CapturingAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {

    @Override
    protected void append(ILoggingEvent event) {
        LogCapture.append(event.getInstant(), event.getLevel().toString(), event.getLoggerName(), text(event));
    }

    /** The whole stack trace of what fails an attempt is kept with the attempt itself. */
    private static String text(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return thrown == null
                ? event.getFormattedMessage()
                : event.getFormattedMessage() + " (" + thrown.getClassName() + ": " + thrown.getMessage() + ")";
    }
}
