package io.requartz.admin.rest;

/**
 * A thread that serves requests and cannot be interrupted.
 *
 * <p>With the embedded database, the thread of a request does the file I/O itself, and an interrupt during that closes the file's
 * channel and with it the database, for everybody. Jetty's pool interrupts whatever still runs when its stop timeout is over; a
 * request that takes longer than that is left to end by itself (the thread is a daemon) rather than to take the database along.
 */
final class RequestThread extends Thread {

    RequestThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    @Override
    public void interrupt() {
        // see above
    }
}
