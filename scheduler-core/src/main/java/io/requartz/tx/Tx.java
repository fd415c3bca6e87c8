package io.requartz.tx;

/**
 * One open database transaction, handed to repositories so that what they do commits together. Only {@code io.requartz.jdbc}
 * knows what is inside. Valid on the thread that got it, until the work that got it returns.
 */
public interface Tx {}
