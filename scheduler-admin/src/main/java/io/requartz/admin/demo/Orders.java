package io.requartz.admin.demo;

import io.requartz.run.Actor;
import io.requartz.run.Run;
import io.requartz.run.RunFilter;
import io.requartz.run.RunState;
import io.requartz.run.Runs;
import io.requartz.run.Submission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Sends orders to the shops, one at a time, as runs of the type {@code http}. Not thread-safe: one thread sends them.
 *
 * <p>A shop with three dead letters gets no more orders until a person decides about one, so that a demo left alone does not
 * pile them up.
 */
final class Orders {

    static final String TYPE = "http";

    private static final int MOST_DEAD = 3;
    private static final Actor DEMO = new Actor("demo");
    private static final List<Shop> ROUND = List.of(
            Shop.LE_BOUZOU,
            Shop.PIZZA_RUSTICA,
            Shop.CASA_VERDE,
            Shop.SUSHI_KOJI,
            Shop.LE_BOUZOU,
            Shop.GOLDEN_WOK,
            Shop.BENTO_LAB,
            Shop.CASA_VERDE,
            Shop.LE_BOUZOU,
            Shop.BENTO_LAB);

    private final Runs runs;
    private final ShopSimulator shops;
    private final Narrator narrator;
    private final Set<Shop> held = EnumSet.noneOf(Shop.class);
    private int sent;

    Orders(Runs runs, ShopSimulator shops, Narrator narrator) {
        this.runs = runs;
        this.shops = shops;
        this.narrator = narrator;
    }

    /** Whether each shop has had its first order. */
    boolean warm() {
        return sent >= ROUND.size();
    }

    /** Sends the next order. */
    void next() {
        int number = ++sent;
        Shop shop = ROUND.get((number - 1) % ROUND.size());
        if (hasEnoughDead(shop)) {
            if (held.add(shop)) {
                narrator.holds(shop);
            }
            return;
        }
        held.remove(shop);
        String token = narrator.pizzaIsMended() ? Shop.NEW_TOKEN : Shop.OLD_TOKEN;
        Run run = runs.submit(Submission.of(TYPE)
                        .payload(OrderPayload.of(shop, shops.orders(shop), number, token)
                                .toString())
                        .tags(List.of("demo", shop.key()))
                        .by(DEMO)
                        .build())
                .run();
        narrator.watch(run, shop, number);
    }

    private boolean hasEnoughDead(Shop shop) {
        RunFilter dead = new RunFilter(Set.of(RunState.DEAD), TYPE, null, shop.key(), null, null, null, null, 0);
        return runs.list(dead, MOST_DEAD, null).items().size() >= MOST_DEAD;
    }
}
