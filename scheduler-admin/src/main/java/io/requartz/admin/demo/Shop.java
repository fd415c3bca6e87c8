package io.requartz.admin.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/** A shop of the simulated delivery platform, with the way it fails. The same seed gives the same failures. */
enum Shop {
    LE_BOUZOU("Le Bouzou", "is always well") {
        @Override
        Reply reply(Request request) {
            return Reply.ok();
        }
    },
    CASA_VERDE("Casa Verde", "answers 500 twice, then recovers") {
        @Override
        Reply reply(Request request) {
            return request.attempt() <= 2 ? Reply.error(500, "the kitchen printer is on fire") : Reply.ok();
        }
    },
    SUSHI_KOJI("Sushi Koji", "answers 429 and asks for three seconds") {
        @Override
        Reply reply(Request request) {
            return request.attempt() == 1 ? Reply.busy(3) : Reply.ok();
        }
    },
    GOLDEN_WOK("Golden Wok", "is slower than the caller waits") {
        @Override
        Reply reply(Request request) {
            return request.attempt() == 1 ? Reply.ok().late(CALLER_WAITS.multipliedBy(3)) : Reply.ok();
        }
    },
    PIZZA_RUSTICA("Pizza Rustica", "has renewed its token") {
        @Override
        Reply reply(Request request) {
            return NEW_TOKEN.equals(request.token()) ? Reply.ok() : Reply.error(401, "the token has expired");
        }
    },
    BENTO_LAB("Bento Lab", "fails by chance, each time in another way") {
        @Override
        Reply reply(Request request) {
            Random chance = new Random(request.seed() * 31 + request.order() * 1_009L + request.attempt());
            chance.nextInt(); // the first number of neighbouring seeds is nearly the same
            int drawn = chance.nextInt(16);
            if (request.attempt() == 1 && drawn == 0) {
                return Reply.error(404, "no such branch any more");
            }
            if (request.attempt() == 1 && drawn == 1) {
                return Reply.error(403, "not allowed to order here");
            }
            return switch (drawn) {
                case 2, 3 -> Reply.error(503, "closed for a moment");
                case 4, 5, 6 -> Reply.HANGS_UP;
                case 7, 8, 9 -> Reply.garbage();
                default -> Reply.ok();
            };
        }
    };

    /** How long the demo's runs wait for an answer. */
    static final Duration CALLER_WAITS = Duration.ofSeconds(1);

    static final String OLD_TOKEN = "rustica-1";
    static final String NEW_TOKEN = "rustica-2";

    private final String title;
    private final String habit;

    Shop(String title, String habit) {
        this.title = title;
        this.habit = habit;
    }

    /**
     * One request to a shop.
     *
     * @param order number of the order
     * @param attempt how often this order has come, with this time
     * @param token bearer token; empty if there is none
     */
    record Request(long seed, int order, int attempt, String token) {}

    abstract Reply reply(Request request);

    String title() {
        return title;
    }

    /** What it does, to be read after its title. */
    String habit() {
        return habit;
    }

    /** In addresses and tags. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
