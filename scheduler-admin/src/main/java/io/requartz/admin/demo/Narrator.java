package io.requartz.admin.demo;

import io.requartz.run.Attempt;
import io.requartz.run.AttemptOutcome;
import io.requartz.run.Run;
import io.requartz.run.RunState;
import io.requartz.run.Runs;
import io.requartz.time.Durations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells on the terminal what becomes of the orders: each retry with its time and reason, each dead letter with what to type, and
 * now and then how many went well. Not thread-safe, but for {@link #pizzaIsMended}.
 */
final class Narrator {

    /** Dead ones wait for a person, maybe for ever: only the latest are looked at. */
    private static final int MOST_WATCHED = 100;

    private final Runs runs;
    private final Stage stage;
    private final MendingCommands commands;
    private final Map<String, Order> watched = new LinkedHashMap<>();
    private final AtomicBoolean pizzaIsMended = new AtomicBoolean();
    private int delivered;
    private int deliveredLate;
    private String lastSum = "";

    Narrator(Runs runs, Stage stage, MendingCommands commands) {
        this.runs = runs;
        this.stage = stage;
        this.commands = commands;
    }

    /** An order that is told about; what of it has been told. */
    private static final class Order {
        final Shop shop;
        final int number;
        int attemptsTold;
        int cycleTold;
        RunState state;

        Order(Shop shop, int number, RunState state) {
            this.shop = shop;
            this.number = number;
            this.state = state;
        }
    }

    /** A person has made Pizza Rustica work: from now on orders go with the new token. */
    boolean pizzaIsMended() {
        return pizzaIsMended.get();
    }

    void watch(Run run, Shop shop, int number) {
        watched.put(run.id(), new Order(shop, number, run.state()));
        if (watched.size() > MOST_WATCHED) {
            watched.remove(watched.keySet().iterator().next());
        }
    }

    void holds(Shop shop) {
        stage.line(Stage.Sign.NOTE, shop, "gets no more orders until somebody decides about its dead letters");
    }

    /** Looks at all orders that may have changed, and tells what is new. */
    void look() {
        for (Map.Entry<String, Order> each : List.copyOf(watched.entrySet())) {
            Optional<Run> found = runs.find(each.getKey());
            if (found.isEmpty()) {
                watched.remove(each.getKey());
                continue;
            }
            Run run = found.get();
            tell(run, each.getValue());
            if (run.state().settled()) {
                watched.remove(run.id());
            }
        }
    }

    private void tell(Run run, Order order) {
        List<Attempt> news = run.attempts() > order.attemptsTold ? ended(run.id(), order.attemptsTold) : List.of();
        for (Attempt attempt : news) {
            order.attemptsTold = attempt.number();
            if (attempt.outcome() == AttemptOutcome.SUCCEEDED) {
                succeeded(order, attempt);
            } else if (attempt.nextState() == RunState.RETRYING) {
                willBeTriedAgain(order, attempt);
            }
        }
        if (run.state() == RunState.DEAD && order.cycleTold < run.cycle()) {
            order.cycleTold = run.cycle();
            died(run, order);
        } else if (run.state() != order.state && run.state().settled() && run.state() != RunState.SUCCEEDED) {
            stage.line(Stage.Sign.NOTE, order.shop, "order " + order.number + " is " + run.state() + " now");
        }
        order.state = run.state();
    }

    private List<Attempt> ended(String runId, int after) {
        List<Attempt> ended = new ArrayList<>();
        for (Attempt attempt : runs.attempts(runId)) {
            if (attempt.number() > after && attempt.outcome() != null) {
                ended.add(attempt);
            }
        }
        return ended;
    }

    private void succeeded(Order order, Attempt attempt) {
        delivered++;
        if (attempt.number() > 1) {
            deliveredLate++;
            stage.line(
                    Stage.Sign.DONE, order.shop, "order " + order.number + " went well at attempt " + attempt.number());
        } else if (delivered == 1) {
            stage.line(
                    Stage.Sign.DONE,
                    order.shop,
                    "order " + order.number + " went well; such ones are only counted from now on");
        }
        if (order.shop == Shop.PIZZA_RUSTICA && pizzaIsMended.compareAndSet(false, true)) {
            stage.line(Stage.Sign.NOTE, order.shop, "is mended: you did it. New orders go with the new token");
        }
    }

    private void willBeTriedAgain(Order order, Attempt attempt) {
        String delay = attempt.delay() == null ? "" : " in " + Durations.brief(attempt.delay());
        String at = attempt.nextAt() == null ? "" : ", at " + stage.time(attempt.nextAt());
        stage.line(
                Stage.Sign.AGAIN,
                order.shop,
                "order " + order.number + ", attempt " + attempt.number() + " failed (" + what(attempt) + "): again"
                        + delay + at);
        stage.more(attempt.why());
    }

    private void died(Run run, Order order) {
        stage.line(
                Stage.Sign.DEAD,
                order.shop,
                "order " + order.number + " is a dead letter (" + run.reason() + "): " + run.lastCategory() + ", "
                        + run.lastMessage());
        commands.forDead(run.id(), order.shop, order.number).forEach(stage::more);
    }

    private static String what(Attempt attempt) {
        String status = attempt.httpStatus() == null ? "" : ", HTTP " + attempt.httpStatus();
        return attempt.category() + status;
    }

    /** Tells how it stands, if that has changed. */
    void sum() {
        long again = watched.values().stream()
                .filter(order -> order.state == RunState.RETRYING)
                .count();
        long dead = watched.values().stream()
                .filter(order -> order.state == RunState.DEAD)
                .count();
        String sum = "So far " + delivered + (delivered == 1 ? " order" : " orders") + " went well, " + deliveredLate
                + " of them only after retries; " + again + " will be tried again, " + dead
                + (dead == 1 ? " waits" : " wait") + " for a person.";
        if (!sum.equals(lastSum)) {
            stage.aside(sum);
            lastSum = sum;
        }
    }
}
