package io.requartz.admin.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** Where the narrator speaks: lines with a time, a sign and the shop. */
final class Stage {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final int SHOP_WIDTH = 15;
    private static final String INDENT = " ".repeat(12);

    /** What kind of news a line brings. */
    enum Sign {
        DONE("\u2713", "+"),
        AGAIN("\u21bb", "~"),
        DEAD("\u2717", "x"),
        NOTE("\u2022", "*");

        private final String unicode;
        private final String ascii;

        Sign(String unicode, String ascii) {
            this.unicode = unicode;
            this.ascii = ascii;
        }
    }

    private final Consumer<String> lines;
    private final InstantSource clock;
    private final ZoneId zone;
    private final boolean unicode;

    /** @param lines prints one line; must make foreign text harmless */
    Stage(Consumer<String> lines, InstantSource clock, ZoneId zone, boolean unicode) {
        this.lines = lines;
        this.clock = clock;
        this.zone = zone;
        this.unicode = unicode;
    }

    void line(Sign sign, Shop shop, String text) {
        lines.accept(time(clock.instant()) + "  " + (unicode ? sign.unicode : sign.ascii) + " " + shop.title()
                + " ".repeat(SHOP_WIDTH - shop.title().length()) + text);
    }

    /** Goes on with the line before. */
    void more(String text) {
        lines.accept(INDENT + text);
    }

    void aside(String text) {
        lines.accept(time(clock.instant()) + "  " + text);
    }

    void plain(String text) {
        lines.accept(text);
    }

    String time(Instant at) {
        return at.atZone(zone).format(TIME);
    }
}
