package io.requartz.admin.node;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as wishes: the first asks to stop in order, the second ends the process at once. A shutdown hook cannot
 * tell them apart, and during shutdown the JVM ignores a second signal.
 */
public final class StopSignals {

    private static final Logger log = LoggerFactory.getLogger(StopSignals.class);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final IntConsumer halt;

    StopSignals(IntConsumer halt) {
        this.halt = halt;
    }

    /** Listens from now on. */
    public static StopSignals install() {
        StopSignals signals = new StopSignals(Runtime.getRuntime()::halt);
        signals.listen("TERM");
        signals.listen("INT");
        return signals;
    }

    /** Returns when the first signal has come. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /** The process is asked to stop. */
    public boolean arrived() {
        return asked.getCount() == 0;
    }

    void receive(int number) {
        if (stopping.compareAndSet(false, true)) {
            asked.countDown();
        } else {
            // as a shell tells that a signal ended a process: 143 for TERM, 130 for INT
            halt.accept(128 + number);
        }
    }

    /** The class is not of Java SE, so the compiler may not see it; every JVM that Requartz runs on has it. */
    private void listen(String name) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object wanted = signal.getConstructor(String.class).newInstance(name);
            int number = (int) signal.getMethod("getNumber").invoke(wanted);
            Object receiver = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (proxy, method, arguments) -> answer(proxy, method, arguments, number));
            signal.getMethod("handle", signal, handler).invoke(null, wanted, receiver);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            log.warn("SIG{} will end this process without handing its work over: {}", name, unknown.toString());
        }
    }

    private Object answer(Object proxy, Method method, Object[] arguments, int number) {
        return switch (method.getName()) {
            case "handle" -> {
                receive(number);
                yield null;
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "StopSignals";
        };
    }
}
