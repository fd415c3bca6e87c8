package io.requartz.node;

import io.requartz.jdbc.Breach;
import io.requartz.tx.Tx;
import java.util.List;
import java.util.function.Function;

/**
 * One thing that the doctor asks the database.
 *
 * @param what what it means if there is an answer, in a sentence without its full stop
 * @param breaches asks; no answer is a good answer
 */
record Question(String invariant, Severity severity, String what, String hint, Function<Tx, List<Breach>> breaches) {

    static Question error(String invariant, String what, String hint, Function<Tx, List<Breach>> breaches) {
        return new Question(invariant, Severity.ERROR, what, hint, breaches);
    }

    static Question warning(String invariant, String what, String hint, Function<Tx, List<Breach>> breaches) {
        return new Question(invariant, Severity.WARNING, what, hint, breaches);
    }
}
