package io.requartz.failure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * An exception and what caused it, from the outside in. Exceptions are a stranger's code: their methods may throw, answer null or
 * megabytes, or lead in circles. None of that gets past here.
 */
final class CauseChain {

    /** Real chains have a handful; a chain without end is cut here. */
    private static final int LONGEST = 100;

    private static final int MESSAGE_CHARS = 2_000;

    private CauseChain() {}

    /** From the given one on; each exception once, at most 100. */
    static List<Throwable> of(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable next = thrown;
        while (next != null && chain.size() < LONGEST && seen.add(next)) {
            chain.add(next);
            next = causeOf(next);
        }
        return chain;
    }

    static Link link(Throwable thrown) {
        List<String> names = new ArrayList<>();
        for (Class<?> type = thrown.getClass(); type != Throwable.class && type != null; type = type.getSuperclass()) {
            names.add(type.getName());
        }
        names.add(Throwable.class.getName());
        String message = messageOf(thrown);
        if (thrown instanceof SQLException sql) {
            return new Link(names, message, asked(sql::getSQLState, null), asked(sql::getErrorCode, 0));
        }
        return new Link(names, message, null, 0);
    }

    /** What a stranger's method answers, or the other value if that is null, or it throws anything at all. */
    static <T> T asked(Callable<T> method, T otherwise) {
        try {
            T answer = method.call();
            return answer == null ? otherwise : answer;
        } catch (Throwable poisoned) {
            return otherwise;
        }
    }

    private static Throwable causeOf(Throwable thrown) {
        Throwable cause = asked(thrown::getCause, null);
        if (cause == null && thrown instanceof SQLException sql) {
            return asked(sql::getNextException, null);
        }
        return cause;
    }

    private static String messageOf(Throwable thrown) {
        try {
            return SafeText.chars(thrown.getMessage(), MESSAGE_CHARS);
        } catch (Throwable poisoned) {
            return "(no message: getMessage() threw " + poisoned.getClass().getName() + ")";
        }
    }
}
