package io.requartz.admin.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a node keeps its own things. Has no logger: the log itself is written there. */
public final class DataDirectory {

    private DataDirectory() {}

    /**
     * Makes it, if it is not there.
     *
     * @throws StartFailure if nothing can be written there
     */
    public static void prepare(Path data) {
        try {
            Files.createDirectories(data);
            Files.delete(Files.createTempFile(data, "writable", ".tmp"));
        } catch (IOException refused) {
            throw StartFailure.data(data, refused);
        }
    }
}
