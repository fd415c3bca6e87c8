package io.requartz.admin.console;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around a page's own content.
 *
 * @param self path and query of this page, to load it anew
 * @param who is signed in
 * @param formToken of the session
 * @param flash what became of the act before; may be null
 * @param search what was searched for; empty if nothing
 */
record Frame(
        String title,
        String self,
        List<Group> navigation,
        String who,
        String formToken,
        @Nullable Flash flash,
        String search,
        Moment made) {

    record Group(String heading, List<Item> items) {}

    /**
     * @param count how many there are; empty if that is not told
     * @param hot whether that many need a person
     */
    record Item(String href, String label, String count, boolean hot, boolean current) {}

    String stylesheet() {
        return Assets.path("console.css");
    }

    String script() {
        return Assets.path("console.js");
    }

    String icon() {
        return Assets.path("icon.svg");
    }
}
