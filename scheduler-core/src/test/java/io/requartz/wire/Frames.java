package io.requartz.wire;

import java.util.Arrays;
import java.util.Locale;

/** Puts pieces together until there is a whole message. Not thread-safe. */
abstract class Frames implements CommitReader {

    /** Bytes of a message that are looked at. */
    private static final int KEPT = 65_536;

    /** Of long statements so many characters at both ends: between them are values. */
    private static final int END = 256;

    private static final int MOST = 64 * END;

    private final byte[] kept = new byte[KEPT];
    private final StringBuilder transaction = new StringBuilder();
    private String committed = "";
    private long have;
    private long missing = -1;
    private boolean commit;

    /** How many bytes tell the length of a message. */
    abstract int headerLength();

    /** @return how many bytes follow the header */
    abstract long bodyLength(byte[] header);

    /** @param message its header, and its body or the beginning of that */
    abstract void read(byte[] message);

    /** To be told of each statement that is executed. */
    final void executes(String sql) {
        if (sql.strip().toUpperCase(Locale.ROOT).equals("COMMIT")) {
            commit = true;
            committed = transaction.toString();
            transaction.setLength(0);
        } else if (transaction.length() < MOST) {
            transaction.append(ends(sql)).append('\n');
        }
    }

    private static String ends(String sql) {
        return sql.length() <= 2 * END ? sql : sql.substring(0, END) + " ... " + sql.substring(sql.length() - END);
    }

    @Override
    public final String committed() {
        return committed;
    }

    @Override
    public final String open() {
        return transaction.toString();
    }

    @Override
    public final boolean sawCommit(byte[] bytes, int count) {
        commit = false;
        for (int i = 0; i < count; i++) {
            if (have < KEPT) {
                kept[(int) have] = bytes[i];
            }
            have++;
            if (missing < 0 && have == headerLength()) {
                missing = bodyLength(kept);
            } else if (missing > 0) {
                missing--;
            }
            if (missing == 0) {
                read(Arrays.copyOf(kept, (int) Math.min(have, KEPT)));
                have = 0;
                missing = -1;
            }
        }
        return commit;
    }
}
