package io.requartz.wire;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * PostgreSQL's protocol, version 3: a COMMIT is a simple query, or a statement that was prepared once under a name and is bound again
 * and again.
 */
final class PostgresCommits extends Frames {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final Map<String, String> prepared = new HashMap<>();
    private boolean started;

    @Override
    int headerLength() {
        return started ? 5 : 4;
    }

    @Override
    long bodyLength(byte[] header) {
        return number(header, started ? 1 : 0) - 4L;
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    @Override
    void read(byte[] message) {
        if (!started) {
            int wish = number(message, 4);
            started = wish != SSL_REQUEST && wish != GSS_REQUEST;
            return;
        }
        String text = new String(message, 5, message.length - 5, StandardCharsets.ISO_8859_1);
        String[] part = text.split("\0", -1);
        switch (message[0]) {
            case 'Q' -> executes(part[0]);
            case 'P' -> prepared.put(part[0], part.length > 1 ? part[1] : "");
            case 'B' -> executes(part.length > 1 ? prepared.getOrDefault(part[1], "") : "");
            default -> {
                // says nothing of what is executed
            }
        }
    }
}
