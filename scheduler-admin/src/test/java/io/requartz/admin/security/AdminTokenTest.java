package io.requartz.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {

    private static final Map<String, String> NOTHING_SET = Map.of();

    @TempDir
    private Path directory;

    @Test
    void isMadeAtTheFirstStartAndShownThatOnce() throws IOException {
        Path data = directory.resolve("data");

        AdminToken first = AdminToken.open(data, NOTHING_SET);
        AdminToken second = AdminToken.open(data, NOTHING_SET);

        String token = first.made().orElseThrow();
        assertThat(token).matches("rq_[A-Za-z0-9_-]{43}");
        assertThat(first.matches(token)).isTrue();
        assertThat(second.made()).isEmpty();
        assertThat(second.matches(token)).isTrue();
        assertThat(data.resolve("admin-token")).hasContent(token);
        assertThat(data.toFile().list()).as("nothing is left aside").hasSize(1);
    }

    @Test
    void isAnotherOneEachTime() {
        String one =
                AdminToken.open(directory.resolve("one"), NOTHING_SET).made().orElseThrow();
        String other =
                AdminToken.open(directory.resolve("other"), NOTHING_SET).made().orElseThrow();

        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        AdminToken.open(directory, NOTHING_SET);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("admin-token"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isRefusedIfOthersCanReadIt() throws IOException {
        AdminToken.open(directory, NOTHING_SET);
        Files.setPosixFilePermissions(directory.resolve("admin-token"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> AdminToken.open(directory, NOTHING_SET))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rw-r-----")
                .hasMessageContaining("chmod 600");
    }

    @Test
    void isRefusedIfItIsEmptyOrShort() throws IOException {
        Path file = directory.resolve("admin-token");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));

        assertThatThrownBy(() -> AdminToken.open(directory, NOTHING_SET))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("0 characters");
        assertThatThrownBy(() -> AdminToken.open(directory, Map.of(AdminToken.VARIABLE, "secret")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("REQUARTZ_ADMIN_TOKEN")
                .hasMessageNotContaining("secret");
    }

    @Test
    void isNotReadThroughALink() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        AdminToken.open(elsewhere, NOTHING_SET);
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.createSymbolicLink(data.resolve("admin-token"), elsewhere.resolve("admin-token"));

        assertThatThrownBy(() -> AdminToken.open(data, NOTHING_SET)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void ofTheEnvironmentCountsAndIsWrittenNowhere() {
        String given = "a-token-of-the-operators-own";

        AdminToken token = AdminToken.open(directory, Map.of(AdminToken.VARIABLE, given));

        assertThat(token.matches(given)).isTrue();
        assertThat(token.made()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void matchesNothingElse() {
        AdminToken token = AdminToken.open(directory, NOTHING_SET);
        String right = token.made().orElseThrow();

        assertThat(token.matches("")).isFalse();
        assertThat(token.matches(right.substring(1))).isFalse();
        assertThat(token.matches(right + "x")).isFalse();
        assertThat(token.matches(right.toUpperCase(java.util.Locale.ROOT))).isFalse();
    }
}
