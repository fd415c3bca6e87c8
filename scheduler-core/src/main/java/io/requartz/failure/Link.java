package io.requartz.failure;

import java.util.List;

/**
 * One exception of a chain of causes, read once and carefully: from here on nothing of a stranger's code is called.
 *
 * @param classNames its class and all classes that it extends, from itself on
 * @param message cut; null if it has none
 * @param sqlState null if it is no SQLException, or has none
 * @param vendorCode the database's own error number; 0 if there is none
 */
record Link(List<String> classNames, String message, String sqlState, int vendorCode) {

    Link {
        classNames = List.copyOf(classNames);
    }

    String className() {
        return classNames.get(0);
    }

    boolean isA(String className) {
        return classNames.contains(className);
    }

    String messageOrEmpty() {
        return message == null ? "" : message;
    }

    /** As {@code Throwable.toString()} would have it, if nobody overrode that. */
    String text() {
        return message == null ? className() : className() + ": " + message;
    }
}
