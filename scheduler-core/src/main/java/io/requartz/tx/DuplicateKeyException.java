package io.requartz.tx;

/** A unique key is taken: the transaction was rolled back. */
public final class DuplicateKeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DuplicateKeyException(Throwable cause) {
        super("a unique key is taken", cause);
    }
}
