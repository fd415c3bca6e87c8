package io.requartz.testdb;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A MySQL server that somebody else started and stops; only schemas are created on it. */
final class MySqlServer extends DatabaseServer {
    private final String url;
    private final String user;
    private final String password;

    /** @param url a JDBC URL that carries its user, such as {@code jdbc:mysql://127.0.0.1:13306/?user=root} */
    MySqlServer(String url) {
        if (!url.startsWith("jdbc:mysql://")) {
            throw new IllegalArgumentException(
                    TestDatabase.MYSQL_URL_VARIABLE + " must start with jdbc:mysql://, but is " + url);
        }
        this.url = url;
        this.user = option("user").orElse("root");
        this.password = option("password").orElse("");
    }

    @Override
    public OptionalInt port() {
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        return OptionalInt.of(port < 0 ? 3306 : port);
    }

    @Override
    public Optional<ProcessHandle> process() {
        return Optional.empty();
    }

    @Override
    public void close() {}

    @Override
    public TestSchema createSchema(String name) throws SQLException {
        execute(url, user, password, "CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
        return new TestSchema(this, name, urlOf(name), user, password);
    }

    @Override
    void dropSchema(TestSchema schema) throws SQLException {
        execute(url, user, password, "DROP DATABASE IF EXISTS " + schema.name());
    }

    String urlOf(String schema) {
        int query = url.indexOf('?');
        String address = query < 0 ? url : url.substring(0, query);
        String options = query < 0 ? "" : url.substring(query);
        int path = address.indexOf('/', "jdbc:mysql://".length());
        return (path < 0 ? address : address.substring(0, path)) + "/" + schema + options;
    }

    private Optional<String> option(String name) {
        Matcher option = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        return option.find()
                ? Optional.of(URLDecoder.decode(option.group(1), StandardCharsets.UTF_8))
                : Optional.empty();
    }
}
