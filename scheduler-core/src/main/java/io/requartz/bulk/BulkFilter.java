package io.requartz.bulk;

/** Which bulk actions a list shows; null means any. */
public record BulkFilter(BulkKind kind, BulkState state) {

    public static final BulkFilter ALL = new BulkFilter(null, null);
}
