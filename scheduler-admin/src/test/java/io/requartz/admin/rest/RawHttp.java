package io.requartz.admin.rest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/** A socket that says whatever a test wants said, in ISO 8859-1. */
final class RawHttp implements AutoCloseable {

    private final Socket socket = new Socket();

    RawHttp(int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
    }

    static String exchange(int port, String request) throws IOException {
        try (RawHttp raw = new RawHttp(port)) {
            raw.send(request);
            raw.sendEnd();
            return raw.readToEnd();
        }
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Tells the server that no more comes. */
    private void sendEnd() throws IOException {
        try {
            socket.shutdownOutput();
        } catch (SocketException e) {
            // the server has closed already
        }
    }

    /** What came until the server closed; a reset counts as closing, as the server may close while we still send. */
    String readToEnd() throws IOException {
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        byte[] part = new byte[4096];
        try {
            for (int n = in.read(part); n >= 0; n = in.read(part)) {
                all.append(new String(part, 0, n, ISO_8859_1));
            }
        } catch (SocketException e) {
            // closed by the server with data of ours unread
        }
        return all.toString();
    }

    /** What came until this text was seen. */
    String readUntil(String text) throws IOException {
        StringBuilder all = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (all.indexOf(text) < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            all.append((char) c);
        }
        return all.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
