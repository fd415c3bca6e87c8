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
            executes(new String(message, HEADER + 1, message.length - HEADER - 1, StandardCharsets.UTF_8));
        }
    }
}
