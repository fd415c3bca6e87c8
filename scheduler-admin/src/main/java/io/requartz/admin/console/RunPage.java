package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param title what people call it: the scope's label, else the type's title
 * @param standing where it stands, a sentence that goes on after "submitted by"
 * @param waiting why it does not start, where something holds it; empty if nothing does
 * @param retry the button that lets it run (again); empty if there is none now
 * @param edited the same with another payload
 * @param cancellable whether it can be cancelled, or asked to
 * @param dead whether it waits for a person
 * @param assignee who is to look after it while it waits for a person; empty: nobody
 * @param timeLine null: there was no attempt
 * @param policy how often its type is tried at most; empty if that is not known
 * @param changed what tells its payload from that of the run that it repeats
 * @param leftOut how many more differences there are
 * @param result empty if there is none
 */
record RunPage(
        Frame frame,
        String id,
        Chip chip,
        String title,
        String type,
        String typeHref,
        String submittedBy,
        Moment submitted,
        String standing,
        List<String> waiting,
        String retry,
        String edited,
        boolean cancellable,
        boolean running,
        boolean dead,
        String assignee,
        @Nullable Integer percent,
        String progress,
        @Nullable TimeLine timeLine,
        String policy,
        List<AttemptItem> attempts,
        String payload,
        List<PayloadLine> changed,
        int leftOut,
        String result,
        List<Fact> facts,
        List<Deed> deeds)
        implements Page {

    String href() {
        return RunRow.href(id);
    }
}
