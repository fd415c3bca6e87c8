package io.requartz.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.requartz.jdbc.ShippedSchema.Column;
import io.requartz.jdbc.ShippedSchema.Table;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The scripts of all dialects make the same tables, columns, keys and indexes, with the same names. */
class DialectsAgreeTest {

    private static List<String> scripts(Dialect dialect) throws Exception {
        try (Stream<Path> files = Files.list(folder(dialect))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path folder(Dialect dialect) throws URISyntaxException {
        return Path.of(
                Objects.requireNonNull(DialectsAgreeTest.class.getResource("/io/requartz/sql/" + dialect.folder()))
                        .toURI());
    }

    private static ShippedSchema schema(Dialect dialect) throws Exception {
        return ShippedSchema.of(dialect, scripts(dialect));
    }

    @ParameterizedTest
    @EnumSource
    void scriptsAreNumberedAlikeUpToTheLevelOfTheCode(Dialect dialect) throws Exception {
        assertThat(scripts(dialect)).isEqualTo(scripts(Dialect.H2));
        assertThat(scripts(dialect).stream().map(script -> script.replaceAll("^V(\\d+)__[a-z0-9_]+\\.sql$", "$1")))
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, Migration.CODE_LEVEL)
                        .mapToObj(String::valueOf)
                        .toList());
    }

    @ParameterizedTest
    @EnumSource
    void tablesAreTheSame(Dialect dialect) throws Exception {
        assertThat(schema(dialect).tables().keySet())
                .containsExactlyElementsOf(schema(Dialect.H2).tables().keySet())
                .contains("QRTZ_TRIGGERS", "RQ_RUNS");
    }

    @ParameterizedTest
    @EnumSource
    void columnsAreTheSameInTheSameOrder(Dialect dialect) throws Exception {
        ShippedSchema own = schema(dialect);
        for (Table expected : schema(Dialect.H2).tables().values()) {
            Table table = own.tables().get(expected.name());

            assertThat(table.columns().stream().map(DialectsAgreeTest::alike))
                    .as("columns of %s in %s", table.name(), dialect)
                    .containsExactlyElementsOf(expected.columns().stream()
                            .map(DialectsAgreeTest::alike)
                            .toList());
        }
    }

    /** With its type in words that all dialects have. */
    private static Column alike(Column column) {
        String type = switch (column.type()) {
            case "VARCHAR(1048576)", "MEDIUMTEXT", "TEXT" -> "long text";
            case "VARBINARY(1048576)", "MEDIUMBLOB", "BYTEA" -> "bytes";
            default -> column.type();
        };
        return new Column(column.name(), type, column.notNull(), column.identity());
    }

    @ParameterizedTest
    @EnumSource
    void keysAreTheSame(Dialect dialect) throws Exception {
        ShippedSchema own = schema(dialect);
        for (Table expected : schema(Dialect.H2).tables().values()) {
            Table table = own.tables().get(expected.name());

            assertThat(table.primaryKey()).as(table.name()).isNotEmpty().isEqualTo(expected.primaryKey());
        }
    }

    @ParameterizedTest
    @EnumSource
    void indexesAreTheSame(Dialect dialect) throws Exception {
        assertThat(schema(dialect).indexes())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(schema(Dialect.H2).indexes());
    }

    @Test
    void everyTableOfMySqlIsTransactionalAndTellsAllTextsApart() throws Exception {
        assertThat(schema(Dialect.MYSQL).tables().values())
                .allSatisfy(table -> assertThat(table.options())
                        .as(table.name())
                        .isEqualTo("ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"));
    }

    @Test
    void readsWhatLaterScriptsAdd() {
        ShippedSchema schema = ShippedSchema.parse(
                List.of(
                        "CREATE TABLE A (X INTEGER NOT NULL, PRIMARY KEY (X)); -- a comment; with a semicolon\n"
                                + "INSERT INTO A (X) VALUES ('--;');",
                        "ALTER TABLE A ADD COLUMN y NUMERIC(13, 4);\nCREATE UNIQUE INDEX IDX ON A (X, Y);\nCREATE INDEX OLD ON A (Y);",
                        "ALTER TABLE A ADD COLUMN z VARCHAR(5) GENERATED ALWAYS AS (CASE WHEN X = 1 THEN 'a' END) STORED;\n"
                                + "DROP INDEX OLD ON A;\nCREATE INDEX NEW ON A (Z) WHERE Z IS NOT NULL;\nALTER TABLE A SET (fillfactor = 80);"));

        assertThat(schema.tables().get("A").columns())
                .containsExactly(
                        new Column("X", "INTEGER", true, false),
                        new Column("Y", "NUMERIC(13, 4)", false, false),
                        new Column("Z", "VARCHAR(5)", false, false));
        assertThat(schema.indexes())
                .containsExactly(
                        new ShippedSchema.Index("IDX", "A", true, List.of("X", "Y")),
                        new ShippedSchema.Index("NEW", "A", false, List.of("Z")));
    }

    @Test
    void refusesStatementsThatItDoesNotKnow() {
        assertThatThrownBy(() -> ShippedSchema.parse(List.of("DROP TABLE A")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("DROP TABLE A");
    }
}
