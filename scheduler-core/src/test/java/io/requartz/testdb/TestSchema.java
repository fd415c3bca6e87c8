package io.requartz.testdb;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * One empty schema on a real server. The user may create, alter and drop whatever it likes in it.
 *
 * @param name the schema's name on its server
 */
public record TestSchema(DatabaseServer server, String name, String jdbcUrl, String user, String password)
        implements AutoCloseable {

    /** A new, unpooled connection, with the driver's defaults (auto-commit, the server's isolation). */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /**
     * The address for sessions that do not wait for the disk with each commit. For tests that kill clients thousands of times but
     * never the server: what was committed is seen all the same.
     */
    public String hastyUrl() {
        return jdbcUrl.startsWith("jdbc:postgresql:")
                ? jdbcUrl + (jdbcUrl.contains("?") ? "&" : "?") + "options=-c%20synchronous_commit=off"
                : jdbcUrl;
    }

    /**
     * The address for sessions that go by way of somebody who listens on another port and understands what they say: without
     * encryption.
     */
    public String urlThrough(int port) {
        String own = "127.0.0.1:" + server.port().orElseThrow() + "/";
        String url = jdbcUrl.replace(own, "127.0.0.1:" + port + "/");
        if (url.equals(jdbcUrl) && !own.startsWith("127.0.0.1:" + port + "/")) {
            throw new IllegalStateException("there is no " + own + " in " + jdbcUrl);
        }
        return url.startsWith("jdbc:mysql:") ? url + (url.contains("?") ? "&" : "?") + "sslMode=DISABLED" : url;
    }

    /** Drops the schema with all that is in it, also under connections that are still open. */
    @Override
    public void close() throws SQLException {
        server.dropSchema(this);
    }
}
