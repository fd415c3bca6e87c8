package io.requartz.admin.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.requartz.admin.node.NodeProcess;
import io.requartz.admin.security.AdminToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The demo beside a running node: shops, orders, narrator. */
public final class Demo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private static final Duration FIRST_ORDERS = Duration.ofSeconds(1);
    private static final Duration BETWEEN_ORDERS = Duration.ofSeconds(4);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SUM = Duration.ofSeconds(10);
    private static final long SEED = 1_789;

    /** Runs of an earlier demo know the shops by their port, so it is kept. */
    private static final String PORT_FILE = "shops-port";

    private final ShopSimulator shops;
    private final Orders orders;
    private final Narrator narrator;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "demo");
        made.setDaemon(true);
        return made;
    });

    private Demo(ShopSimulator shops, Orders orders, Narrator narrator) {
        this.shops = shops;
        this.orders = orders;
        this.narrator = narrator;
    }

    /**
     * How the demo speaks.
     *
     * @param lines prints one line, and makes foreign text harmless
     * @param command how this program is called
     * @param options what a command needs to reach this node, beginning with a blank; may be empty
     */
    public record Voice(
            Consumer<String> lines,
            InstantSource clock,
            ZoneId zone,
            boolean unicode,
            String command,
            String options) {}

    /**
     * Opens the shops and says what will be seen.
     *
     * @throws UncheckedIOException if the shops cannot listen
     */
    public static Demo open(NodeProcess process, Voice voice) {
        Path data = process.config().node().data();
        ShopSimulator shops = openShops(data);
        Stage stage = new Stage(voice.lines(), voice.clock(), voice.zone(), voice.unicode());
        MendingCommands commands =
                new MendingCommands(voice.command(), voice.options(), order -> mendedPizza(shops, order));
        Narrator narrator = new Narrator(process.node().runs(), stage, commands);
        Orders orders = new Orders(process.node().runs(), shops, narrator);
        introduce(process, stage, commands);
        return new Demo(shops, orders, narrator);
    }

    private static ObjectNode mendedPizza(ShopSimulator shops, int order) {
        return OrderPayload.of(Shop.PIZZA_RUSTICA, shops.orders(Shop.PIZZA_RUSTICA), order, Shop.NEW_TOKEN);
    }

    private static ShopSimulator openShops(Path data) {
        Path file = data.resolve(PORT_FILE);
        try {
            int port = Files.exists(file) ? port(Files.readString(file).strip()) : 0;
            ShopSimulator shops = ShopSimulator.start(port, SEED);
            Files.writeString(file, shops.port() + "\n");
            return shops;
        } catch (IOException failed) {
            throw new UncheckedIOException("the shops of the demo cannot open", failed);
        }
    }

    private static int port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        return port <= 65_535 ? port : 0;
    }

    private static void introduce(NodeProcess process, Stage stage, MendingCommands commands) {
        stage.plain("Requartz demo: the node is at " + process.address() + ", and keeps everything in "
                + process.config().node().data() + ".");
        stage.plain("Orders go to six shops, each of which fails in its own way:");
        for (Shop shop : Shop.values()) {
            stage.plain("  " + shop.title() + " ".repeat(16 - shop.title().length()) + shop.habit());
        }
        stage.plain("Look at them in a browser at " + process.address() + "/ (the token is in "
                + process.config().node().data().resolve(AdminToken.FILE) + "), or from another terminal:");
        for (String what : List.of("status", "runs", "dead-letters")) {
            stage.plain("  " + commands.see(what));
        }
        stage.plain("Ctrl-C ends it.");
        stage.plain("");
    }

    /** Orders from now on, until it is closed. */
    public void play() {
        orderAfter(Duration.ZERO);
        repeat(narrator::look, LOOK);
        repeat(narrator::sum, SUM);
    }

    private void orderAfter(Duration wait) {
        if (thread.isShutdown()) {
            return;
        }
        Future<?> unused = thread.schedule(
                () -> {
                    guarded(orders::next);
                    orderAfter(orders.warm() ? BETWEEN_ORDERS : FIRST_ORDERS);
                },
                wait.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void repeat(Runnable work, Duration wait) {
        Future<?> unused = thread.scheduleWithFixedDelay(
                () -> guarded(work), wait.toMillis(), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What fails once must not end what is repeated. */
    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException failed) {
            log.warn("the demo goes on after {}", failed.toString(), failed);
        }
    }

    /** No more orders. The thread is not interrupted: it may be in the embedded database, which an interrupt would close. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                log.warn("the demo's thread is still busy");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        shops.close();
    }
}
