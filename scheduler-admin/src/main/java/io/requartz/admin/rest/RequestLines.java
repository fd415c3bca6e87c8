package io.requartz.admin.rest;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.NanoTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line a request, at debug. Never a header: that is where tokens are. What came from outside is cut and its control characters
 * are escaped, so that nobody can write lines of their own into the log.
 */
final class RequestLines implements RequestLog {

    private static final Logger log = LoggerFactory.getLogger("io.requartz.http");

    @Override
    public void log(Request request, Response response) {
        if (log.isDebugEnabled()) {
            log.debug(
                    "{} {} {} {} ms from {}",
                    Wire.cleaned(String.valueOf(request.getMethod()), 20),
                    Wire.cleaned(String.valueOf(request.getHttpURI().getPathQuery()), 500),
                    response.getStatus(),
                    TimeUnit.NANOSECONDS.toMillis(NanoTime.since(request.getBeginNanoTime())),
                    Request.getRemoteAddr(request));
        }
    }
}
