package io.requartz.time;

/** Measures how long something takes. Unlike a clock it never jumps, and its value alone means nothing. Thread-safe. */
@FunctionalInterface
public interface Ticker {

    /** Nanoseconds since an arbitrary moment; only differences are of use, and they may wrap. */
    long nanoTime();

    /** The one of this JVM. */
    static Ticker system() {
        return System::nanoTime;
    }
}
