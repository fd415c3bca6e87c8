package io.requartz.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of configuration that knows where each part of it was written. */
sealed interface Tree {

    Origin origin();

    /** What it is, for people. */
    String kind();

    /** Keys in the order in which they were written. */
    record Branch(Origin origin, Map<String, Entry> entries) implements Tree {
        static Branch empty(Origin origin) {
            return new Branch(origin, new LinkedHashMap<>());
        }

        @Override
        public String kind() {
            return "a section";
        }
    }

    /**
     * A key with its value.
     *
     * @param key where the key itself was written
     */
    record Entry(Origin key, Tree value) {}

    record Sequence(Origin origin, List<Tree> items) implements Tree {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param text as written, references such as {@code ${NAME}} unresolved
     * @param plain not quoted: it may be read as a number or a boolean
     */
    record Leaf(Origin origin, String text, boolean plain) implements Tree {
        @Override
        public String kind() {
            return "'" + text + "'";
        }
    }

    /** A key without a value: as if it were not there. */
    record Nothing(Origin origin) implements Tree {
        @Override
        public String kind() {
            return "nothing";
        }
    }
}
