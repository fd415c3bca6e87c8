package io.requartz.admin.node;

import io.requartz.admin.rest.HttpServer;
import io.requartz.config.RequartzConfig;
import io.requartz.node.RequartzNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node with its HTTP server. Not thread-safe: one thread starts and stops it. */
public final class NodeProcess implements AutoCloseable {

    /** Where a node leaves its address in its data directory, so that commands find the token that belongs to it. */
    public static final String ADDRESS_FILE = "http-address";

    private static final Logger log = LoggerFactory.getLogger(NodeProcess.class);

    private final RequartzConfig config;
    private final RequartzNode node;
    private final HttpServer http;

    private NodeProcess(RequartzConfig config, RequartzNode node, HttpServer http) {
        this.config = config;
        this.node = node;
        this.http = http;
    }

    /**
     * Opens the database, listens, and takes up work.
     *
     * @throws StartFailure if it cannot, in words for people; nothing is left open
     */
    public static NodeProcess start(RequartzConfig config) {
        DataDirectory.prepare(config.node().data());
        RequartzNode node = open(config);
        NodeProcess process = null;
        try {
            process = new NodeProcess(config, node, HttpServer.start(node, config));
            node.start();
            process.leaveAddress();
            return process;
        } catch (RuntimeException failed) {
            if (process == null) {
                node.close();
            } else {
                process.close();
            }
            throw StartFailure.of(failed, config);
        }
    }

    /**
     * Opens the node without letting it work: enough to migrate and to examine the database.
     *
     * @throws StartFailure if it cannot, in words for people
     */
    public static RequartzNode open(RequartzConfig config) {
        try {
            return RequartzNode.open(config);
        } catch (RuntimeException failed) {
            throw StartFailure.of(failed, config);
        }
    }

    private void leaveAddress() {
        try {
            Files.writeString(config.node().data().resolve(ADDRESS_FILE), address() + "\n");
        } catch (IOException unwritable) {
            log.warn("commands will not find this node by its data directory: {}", unwritable.toString());
        }
    }

    public RequartzConfig config() {
        return config;
    }

    public RequartzNode node() {
        return node;
    }

    /** Where the API is, as a client on this machine writes it. */
    public URI address() {
        return URI.create("http://" + reachable(config.http().host()) + ":" + http.port());
    }

    /** The admin token if this start has made it: to be shown once. */
    public Optional<String> newToken() {
        return http.newToken();
    }

    /** An address to bind to is not always one to connect to; an IPv6 one needs brackets. */
    public static String reachable(String host) {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "127.0.0.1";
        }
        return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** Answers no more requests, lets running attempts end within the stop deadline, hands the others over. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(config.node().data().resolve(ADDRESS_FILE));
        } catch (IOException stays) {
            log.debug("the address file stays", stays);
        }
        http.stop();
        node.close();
    }
}
