package io.requartz.admin.rest;

import io.requartz.admin.console.Console;
import io.requartz.admin.security.AdminToken;
import io.requartz.config.HttpConfig;
import io.requartz.config.RequartzConfig;
import io.requartz.node.RequartzNode;
import io.requartz.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's HTTP side. Thread-safe. */
public final class HttpServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

    /** So long is waited for the rest of a body that nobody reads. */
    private static final Duration LATE_BODY = Duration.ofMillis(500);

    private final Server server;
    private final ServerConnector connector;
    private final RunWaits waits;
    private final AdminToken token;
    private final AtomicBoolean stopped = new AtomicBoolean();

    private HttpServer(Server server, ServerConnector connector, RunWaits waits, AdminToken token) {
        this.server = server;
        this.connector = connector;
        this.waits = waits;
        this.token = token;
    }

    /**
     * Starts to listen where the configuration says; returns when requests are served.
     *
     * @throws IllegalStateException if the admin token at hand cannot be used
     * @throws UncheckedIOException if the port is taken or the host is none of this machine's, in words for people
     */
    public static HttpServer start(RequartzNode node, RequartzConfig config) {
        AdminToken token = AdminToken.open(config.node().data(), System.getenv());
        return start(node, config.http(), token, HttpLimits.of(config.limits()));
    }

    static HttpServer start(RequartzNode node, HttpConfig http, AdminToken token, HttpLimits limits) {
        Ticker ticker = Ticker.system();
        RunWaits waits = new RunWaits(node.runs(), limits.waits(), ticker);
        ResourceConfig api = Api.of(node, token, waits, limits, ticker);
        // percent-encoding makes three bytes of one
        BodyBytes forms = new BodyBytes(3 * limits.body(), limits.bodyPatience(), ticker);
        ResourceConfig console = Console.of(node, token, forms, ticker, InstantSource.system());
        Server server = new Server(threads(limits));
        ServerConnector connector = connector(server, http, limits);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(limits.connections(), server));
        server.setStopTimeout(limits.stop().toMillis());
        server.setRequestLog(new RequestLines());
        server.setErrorHandler(new JettyProblems());
        server.setHandler(new HeadersHandler(new UnreadBodyHandler(
                new GracefulHandler(
                        new Handler.Sequence(new RootHandler(node::live, node::readiness), servlets(api, console))),
                LATE_BODY,
                ticker)));
        HttpServer started = new HttpServer(server, connector, waits, token);
        started.open(http);
        return started;
    }

    private static QueuedThreadPool threads(HttpLimits limits) {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = work -> new RequestThread(work, "requartz-http-" + number.incrementAndGet());
        QueuedThreadPool pool = new QueuedThreadPool(limits.threads(), 4, 60_000, -1, null, null, factory);
        pool.setName("requartz-http");
        pool.setDaemon(true);
        // Past it the pool would interrupt its threads, which these ignore; see RequestThread for why they must.
        pool.setStopTimeout(limits.stop().toMillis());
        return pool;
    }

    private static ServerConnector connector(Server server, HttpConfig http, HttpLimits limits) {
        HttpConfiguration protocol = new HttpConfiguration();
        protocol.setSendServerVersion(false);
        protocol.setSendXPoweredBy(false);
        protocol.setRequestHeaderSize(limits.headers());
        protocol.setIdleTimeout(limits.idle().toMillis());
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(protocol));
        connector.setHost(http.host());
        connector.setPort(http.port());
        connector.setIdleTimeout(limits.idle().toMillis());
        return connector;
    }

    private static ServletContextHandler servlets(ResourceConfig api, ResourceConfig console) {
        ServletContextHandler context = new ServletContextHandler("/", false, false);
        context.setErrorHandler(new JettyProblems());
        context.addServlet(holder("api", api), Api.ROOT + "/*");
        context.addServlet(holder("console", console), "/*");
        return context;
    }

    private static ServletHolder holder(String name, ResourceConfig routes) {
        ServletHolder holder = new ServletHolder(name, new ServletContainer(routes));
        holder.setAsyncSupported(true);
        // At start, not at the first request: a route without a role must keep the node from starting.
        holder.setInitOrder(1);
        return holder;
    }

    private void open(HttpConfig http) {
        try {
            server.start();
        } catch (Exception e) {
            stop();
            String where = http.host() + ":" + http.port();
            if (e instanceof IOException io) {
                throw new UncheckedIOException(
                        "cannot listen at " + where + " (" + io.getMessage()
                                + "); set http.host and http.port otherwise, or" + " stop what listens there",
                        io);
            }
            throw new IllegalStateException("the HTTP server at " + where + " does not start: " + e.getMessage(), e);
        }
        log.info("Console at http://{}:{}/, REST API below {}", http.host(), port(), Api.ROOT);
    }

    /** The port that it listens at, also where the configuration leaves it open. */
    public int port() {
        return connector.getLocalPort();
    }

    /** The admin token if this start has made it, to be shown to the person once; empty if there was one. */
    public Optional<String> newToken() {
        return token.made();
    }

    /**
     * Accepts nothing more, lets what is being served end (callers that wait for a run are answered at once), within 10 s. Must be
     * called before the node is closed. Calling it again does nothing.
     */
    public void stop() {
        if (!stopped.compareAndSet(false, true)) {
            return;
        }
        waits.close();
        try {
            server.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            log.warn("the HTTP server did not stop in order: {}", e.toString());
        }
    }

    @Override
    public void close() {
        stop();
    }
}
