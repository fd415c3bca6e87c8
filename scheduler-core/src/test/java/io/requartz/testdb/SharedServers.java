package io.requartz.testdb;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers that all tests of this JVM share. One that failed to start is not tried again: every later test fails at once, with the same cause. */
final class SharedServers {
    private static final Map<TestDatabase, Start> STARTS = new EnumMap<>(TestDatabase.class);

    private record Start(
            @Nullable DatabaseServer server, @Nullable RuntimeException failure) {}

    private SharedServers() {}

    static synchronized DatabaseServer get(TestDatabase database) {
        Start start = STARTS.computeIfAbsent(database, SharedServers::start);
        if (start.server() == null) {
            throw new IllegalStateException(database + " did not start when it was first asked for", start.failure());
        }
        return start.server();
    }

    private static Start start(TestDatabase database) {
        try {
            return new Start(database.startServer(), null);
        } catch (RuntimeException e) {
            return new Start(null, e);
        }
    }
}
