package io.requartz.admin.console;

import io.requartz.time.Ticker;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes guessing slow: after five wrong tokens from an address, it has to wait 30 s, and twice as long after each further one, up to
 * 15 min. A right one begins anew, and so does an hour without an attempt. Thread-safe.
 */
final class SignInLimit {

    private static final int FREE = 5;
    private static final long FIRST_WAIT = Duration.ofSeconds(30).toNanos();
    private static final long LONGEST_WAIT = Duration.ofMinutes(15).toNanos();
    private static final long FORGOTTEN = Duration.ofHours(1).toNanos();
    private static final int MOST = 10_000;

    private record Guesses(int wrong, long last) {}

    private final Ticker ticker;
    private final Map<String, Guesses> byAddress = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Guesses> eldest) {
            return size() > MOST;
        }
    };

    SignInLimit(Ticker ticker) {
        this.ticker = ticker;
    }

    /**
     * How long this address has to wait before its next attempt; zero: it need not.
     *
     * @param address numeric, of the peer
     */
    synchronized Duration wait(String address) {
        String key = network(address);
        Guesses guesses = byAddress.get(key);
        if (guesses == null) {
            return Duration.ZERO;
        }
        long since = ticker.nanoTime() - guesses.last();
        if (since > FORGOTTEN) {
            byAddress.remove(key);
            return Duration.ZERO;
        }
        return Duration.ofNanos(Math.max(0, penalty(guesses.wrong()) - since));
    }

    private static long penalty(int wrong) {
        if (wrong < FREE) {
            return 0;
        }
        int doublings = Math.min(wrong - FREE, 10);
        return Math.min(FIRST_WAIT << doublings, LONGEST_WAIT);
    }

    synchronized void wrong(String address) {
        byAddress.merge(
                network(address),
                new Guesses(1, ticker.nanoTime()),
                (before, now) -> new Guesses(before.wrong() + 1, now.last()));
    }

    synchronized void right(String address) {
        byAddress.remove(network(address));
    }

    /** Who has one IPv6 address has the 64 bits below it too. */
    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
