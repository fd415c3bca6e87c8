package io.requartz.admin.demo;

import io.requartz.admin.node.NodeProcess;
import io.requartz.admin.security.AdminToken;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the demo tells beside a running node. The node's schedules do the work, the {@link Platforms} make it fail. */
public final class Demo implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Demo.class);

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration SUM = Duration.ofSeconds(20);

    private final Narrator narrator;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread made = new Thread(work, "demo");
        made.setDaemon(true);
        return made;
    });

    private Demo(Narrator narrator) {
        this.narrator = narrator;
    }

    /**
     * How the demo speaks.
     *
     * @param lines prints one line, and makes foreign text harmless
     * @param command how this program is called
     * @param options what a command needs to reach this node, beginning with a blank; may be empty
     */
    public record Voice(Consumer<String> lines, String command, String options) {}

    /** Says what will be seen. */
    public static Demo open(NodeProcess process, Voice voice) {
        Narrator narrator = new Narrator(process.node(), voice.lines(), voice.command(), voice.options());
        introduce(process, voice, narrator);
        return new Demo(narrator);
    }

    private static void introduce(NodeProcess process, Voice voice, Narrator narrator) {
        Consumer<String> lines = voice.lines();
        lines.accept(
                "Requartz demo: three restaurants are kept in step with two delivery platforms, an hour in 10 seconds.");
        lines.accept("The node keeps everything in " + process.config().node().data() + ".");
        lines.accept("");
        lines.accept("  Console   " + process.address() + "/");
        lines.accept("  Token     "
                + process.newToken()
                        .orElseGet(() -> "in " + process.config().node().data().resolve(AdminToken.FILE)));
        lines.accept("");
        lines.accept("Or from another terminal:");
        narrator.commands().forEach(command -> lines.accept("  " + command));
        lines.accept("Only failures and what a person can do are told here. Ctrl-C ends it.");
        lines.accept("");
    }

    /** Tells what happens from now on, until it is closed. */
    public void play() {
        repeat(narrator::look, LOOK);
        repeat(narrator::sum, SUM);
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

    /** Tells no more. The thread is not interrupted: it may be in the embedded database, which an interrupt would close. */
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
    }
}
