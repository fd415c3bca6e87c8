package io.requartz.wire;

import java.nio.charset.StandardCharsets;

/** The protocol of MySQL and MariaDB: the first packet of an exchange is a command, and one of them is a text. */
final class MySqlCommits extends Frames {

    private static final int HEADER = 4;
    private static final int QUERY = 3;

    @Override
    int headerLength() {
        return HEADER;
    }

    @Override
    long bodyLength(byte[] header) {
        return (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
    }

    @Override
    void read(byte[] message) {
        if (message[3] == 0 && message.length > HEADER && message[HEADER] == QUERY) {
            int text = HEADER + 1 + (hasAttributes(message) ? 2 : 0);
            executes(new String(message, text, message.length - text, StandardCharsets.UTF_8));
        }
    }

    /** MySQL's own driver puts the number of a query's attributes before its text: none, in one set. */
    private static boolean hasAttributes(byte[] message) {
        return message.length > HEADER + 2 && message[HEADER + 1] == 0 && message[HEADER + 2] == 1;
    }
}
