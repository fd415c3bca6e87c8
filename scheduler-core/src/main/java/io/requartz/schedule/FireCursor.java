package io.requartz.schedule;

import io.requartz.problem.Problem;
import io.requartz.schedule.ScheduleRepository.Fire;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Where a list of fires goes on, as a text without special characters. */
final class FireCursor {

    private FireCursor() {}

    static String write(Fire last) {
        String text = last.time().toEpochMilli() + "/" + last.cell();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A fire of which only time and cell count. */
    static Fire read(String schedule, String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int slash = text.indexOf('/');
            Instant time = Instant.ofEpochMilli(Long.parseLong(text.substring(0, Math.max(0, slash))));
            return new Fire(schedule, time, text.substring(slash + 1), time, false, null, null, null, 1);
        } catch (IllegalArgumentException foreign) {
            throw Problem.invalid("That is not a cursor of this list.", "Take it from 'next' of the page before.");
        }
    }
}
