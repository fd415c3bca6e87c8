package io.requartz.cluster;

/** Told what is done, as it is done. */
@FunctionalInterface
interface Telling {
    void now(String what);
}
