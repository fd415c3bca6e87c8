package io.requartz.admin.rest;

/** A value in a request is not of the form it should have; the message says what came and what was expected. */
public final class WrongValue extends Exception {

    private static final long serialVersionUID = 1L;

    public WrongValue(String message) {
        super(message, null, false, false);
    }

    /** Reads a value from its text. */
    @FunctionalInterface
    public interface Form<T> {
        T read(String text) throws WrongValue;
    }
}
