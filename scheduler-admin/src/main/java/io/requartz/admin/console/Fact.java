package io.requartz.admin.console;

/**
 * A name and a value in a list of such.
 *
 * @param href where the value leads; empty: nowhere
 * @param code whether the value is one for machines
 */
record Fact(String name, String value, String href, boolean code) {

    static Fact text(String name, String value) {
        return new Fact(name, value, "", false);
    }

    static Fact code(String name, String value) {
        return new Fact(name, value, "", true);
    }

    static Fact link(String name, String value, String href) {
        return new Fact(name, value, href, false);
    }
}
