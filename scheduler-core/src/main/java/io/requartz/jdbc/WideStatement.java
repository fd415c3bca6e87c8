package io.requartz.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.requartz.tx.Tx;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One statement that changes many rows, each with values of its own. The values come as a table beside the one that is changed, so that the
 * text is the same for any number of rows and is prepared once: arrays on PostgreSQL, a JSON text on MySQL and MariaDB, which is slow to
 * read and holds no more than what differs from row to row. H2 is in the same process and is sent a row at a time.
 *
 * <p>Written with {@code :name} for a value. Thread-safe.
 */
final class WideStatement {

    /** Characters of values that one statement takes at most: servers refuse packets of more than 16 MB by default. */
    private static final int LARGEST = 1_000_000;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern NAMED = Pattern.compile(":([a-z]\\w*)");

    /** Stands in a wide text where the table with the values does. */
    private static final String TABLE = ":values";

    /** What a value is to the database. */
    enum Kind {
        /** A text of at most 255 characters, by which rows are found. */
        KEY("text", "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),
        TEXT("text", "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"),
        /** A number, a time, a duration. */
        NUMBER("bigint", "BIGINT");

        private final String postgresql;
        private final String mysql;

        Kind(String postgresql, String mysql) {
            this.postgresql = postgresql;
            this.mysql = mysql;
        }
    }

    private record Value(String name, Kind kind) {}

    /**
     * How some rows are sent.
     *
     * @param parameters what is bound to each question mark: the index of a value that all rows share, or {@link #ALL} for the table
     * @param table indexes of the values that the table has
     */
    private record Form(String text, List<Integer> parameters, List<Integer> table) {

        static final int ALL = -1;
    }

    private final Dialect dialect;
    private final List<Value> values;
    private final String wide;
    private final String single;
    private final int[] order;
    private final Map<BitSet, Form> forms = new ConcurrentHashMap<>();

    private WideStatement(Dialect dialect, List<Value> values, String wide, String single) {
        this.dialect = dialect;
        this.values = values;
        this.wide = wide;
        this.order = NAMED.matcher(single)
                .results()
                .mapToInt(found -> indexOf(values, found.group(1)))
                .toArray();
        this.single = NAMED.matcher(single).replaceAll("?");
    }

    /**
     * @param values name and kind of each value, in the order in which rows have them, as in {@code "id key, ended number"}
     * @param where names all of the primary key
     */
    static WideStatement update(Dialect dialect, String table, String values, String sets, String where) {
        List<Value> read = read(values);
        String wide = switch (dialect) {
            case POSTGRESQL -> "UPDATE " + table + " t SET " + sets + " FROM " + TABLE + " WHERE " + where;
            case MYSQL, MARIADB -> "UPDATE " + TABLE + rowByRow(table) + where + " SET " + sets;
            case H2 -> null;
        };
        return new WideStatement(dialect, read, wide, "UPDATE " + table + " SET " + sets + " WHERE " + where);
    }

    /** As {@link #update}. */
    static WideStatement delete(Dialect dialect, String table, String values, String where) {
        List<Value> read = read(values);
        String wide = switch (dialect) {
            case POSTGRESQL -> "DELETE FROM " + table + " t USING " + TABLE + " WHERE " + where;
            case MYSQL, MARIADB -> "DELETE t FROM " + TABLE + rowByRow(table) + where;
            case H2 -> null;
        };
        return new WideStatement(dialect, read, wide, "DELETE FROM " + table + " WHERE " + where);
    }

    static WideStatement insert(Dialect dialect, String values, Into into) {
        List<Value> read = read(values);
        String wide = dialect == Dialect.H2 ? null : into.from(TABLE);
        return new WideStatement(dialect, read, wide, into.values());
    }

    /**
     * As {@link #insert}, into two tables at once.
     *
     * @throws IllegalArgumentException if this database has no such statement
     */
    static WideStatement insertBoth(Dialect dialect, String values, Into first, Into second) {
        if (dialect != Dialect.POSTGRESQL) {
            throw new IllegalArgumentException(dialect + " inserts into one table at a time");
        }
        List<Value> read = read(values);
        String wide =
                "WITH v AS (SELECT * FROM " + TABLE + "), inserted AS (" + first.from("v") + ") " + second.from("v");
        return new WideStatement(dialect, read, wide, "");
    }

    /**
     * What is inserted into a table.
     *
     * @param columns of the table
     * @param row what stands in them: values and constants
     */
    record Into(String table, String columns, String row) {

        private String from(String source) {
            return head() + "SELECT " + row + " FROM " + source;
        }

        private String values() {
            return head() + "VALUES (" + row + ")";
        }

        private String head() {
            return "INSERT INTO " + table + " (" + columns + ") ";
        }
    }

    /**
     * A small table they would rather read whole, which waits for the lock of every row that somebody else has.
     *
     * @return the table, joined so that each row is looked up by its primary key
     */
    private static String rowByRow(String table) {
        return " STRAIGHT_JOIN " + table + " t FORCE INDEX (PRIMARY) ON ";
    }

    private static List<Value> read(String values) {
        return Pattern.compile(", *")
                .splitAsStream(values)
                .map(value -> value.split(" "))
                .map(value -> new Value(value[0], Kind.valueOf(value[1].toUpperCase(Locale.ROOT))))
                .toList();
    }

    private static int indexOf(List<Value> values, String name) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no value is called " + name + ", only " + values);
    }

    /** A value that all rows share stands in the text once; the others come with the table, with prefixes that keep them and columns apart. */
    private Form form(BitSet shared) {
        List<Integer> table = IntStream.range(0, values.size())
                .filter(index -> !shared.get(index))
                .boxed()
                .toList();
        List<Integer> parameters = new ArrayList<>();
        String text = NAMED.matcher(wide).replaceAll(found -> {
            if (found.group().equals(TABLE)) {
                parameters.addAll(dialect == Dialect.POSTGRESQL ? table : List.of(Form.ALL));
                return Matcher.quoteReplacement(table(table));
            }
            int index = indexOf(values, found.group(1));
            if (shared.get(index)) {
                parameters.add(index);
                return "?";
            }
            return "v.v_" + found.group(1);
        });
        return new Form(text, parameters, table);
    }

    private String table(List<Integer> indexes) {
        List<String> columns = new ArrayList<>();
        if (dialect == Dialect.POSTGRESQL) {
            indexes.forEach(index -> columns.add("v_" + values.get(index).name()));
            return indexes.stream()
                            .map(index -> "?::" + values.get(index).kind().postgresql + "[]")
                            .collect(Collectors.joining(", ", "unnest(", ") v("))
                    + String.join(", ", columns) + ")";
        }
        for (int index : indexes) {
            Value value = values.get(index);
            columns.add("v_" + value.name() + " " + value.kind().mysql + " PATH '$[" + columns.size() + "]'");
        }
        return "JSON_TABLE(?, '$[*]' COLUMNS (" + String.join(", ", columns) + ")) v";
    }

    /** PostgreSQL plans each text anew, and reads arrays as fast as anything. */
    private Form form(List<Object[]> rows) {
        BitSet shared = new BitSet(values.size());
        if (dialect != Dialect.POSTGRESQL) {
            for (int i = 0; i < values.size(); i++) {
                shared.set(i, isShared(rows, i));
            }
            if (shared.cardinality() == values.size()) {
                shared.clear(0);
            }
        }
        return forms.computeIfAbsent(shared, this::form);
    }

    private static boolean isShared(List<Object[]> rows, int index) {
        Object first = rows.get(0)[index];
        return rows.stream().allMatch(row -> Objects.equals(row[index], first));
    }

    /**
     * Changes one row for each item.
     *
     * @throws NotAllFound if there was none for some item: it cannot be told which, and whatever the transaction did must be taken back
     */
    <T> void all(Tx tx, List<T> items, Function<T, Object[]> parameters) {
        int changed = any(tx, items, parameters);
        if (changed != items.size()) {
            throw new NotAllFound(changed, items.size());
        }
    }

    /** @return how many rows were changed */
    <T> int any(Tx tx, List<T> items, Function<T, Object[]> parameters) {
        if (singly(items)) {
            return each(tx, items, parameters).size();
        }
        int changed = 0;
        List<Object[]> rows = new ArrayList<>(items.size());
        long size = 0;
        for (T item : items) {
            Object[] row = parameters.apply(item);
            rows.add(row);
            size += size(row);
            if (size > LARGEST) {
                changed += send(tx, rows);
                rows.clear();
                size = 0;
            }
        }
        return rows.isEmpty() ? changed : changed + send(tx, rows);
    }

    /** One row is cheaper without a table beside it. */
    private boolean singly(List<?> items) {
        return wide == null || (items.size() == 1 && !single.isEmpty());
    }

    /** Whether {@link #all}, {@link #any} and {@link #insert} send one statement for all of these rows. */
    boolean isOneFor(List<Object[]> rows) {
        return wide != null && rows.stream().mapToLong(WideStatement::size).sum() <= LARGEST;
    }

    /** Inserts one row for each item. */
    <T> void insert(Tx tx, List<T> items, Function<T, Object[]> parameters) {
        if (singly(items)) {
            Sql.batch(
                    tx,
                    single,
                    items.stream().map(item -> ordered(parameters.apply(item))).toList());
        } else {
            any(tx, items, parameters);
        }
    }

    /**
     * Inserts one row for each item, to which the database gives a number.
     *
     * @return the numbers, in the order of the items
     */
    <T> List<Long> insertNumbering(Tx tx, String column, List<T> items, Function<T, Object[]> parameters) {
        List<Object[]> rows = items.stream().map(parameters).toList();
        if (dialect != Dialect.POSTGRESQL) {
            // MySQL numbers the rows of VALUES without gaps and those of a SELECT not
            return Sql.batchNumbering(
                    tx, single, column, rows.stream().map(this::ordered).toList());
        }
        Form form = form(rows);
        String returning = form.text() + " RETURNING " + column;
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(returning)) {
            bind(statement, form, rows);
            List<Long> numbers = new ArrayList<>(items.size());
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    numbers.add(found.getLong(1));
                }
            }
            return numbers;
        } catch (SQLException failed) {
            throw new SqlFailure(returning, failed);
        }
    }

    /**
     * As {@link #all}, a statement an item.
     *
     * @return the items whose row was there
     */
    <T> List<T> each(Tx tx, List<T> items, Function<T, Object[]> parameters) {
        return Sql.batchChanging(tx, single, items, item -> ordered(parameters.apply(item)));
    }

    private Object[] ordered(Object[] row) {
        Object[] ordered = new Object[order.length];
        for (int i = 0; i < order.length; i++) {
            ordered[i] = row[order[i]];
        }
        return ordered;
    }

    private static long size(Object[] row) {
        long size = 0;
        for (Object value : row) {
            size += value instanceof String text ? text.length() : 20;
        }
        return size;
    }

    private int send(Tx tx, List<Object[]> rows) {
        Form form = form(rows);
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(form.text())) {
            bind(statement, form, rows);
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new SqlFailure(form.text(), failed);
        }
    }

    private void bind(PreparedStatement statement, Form form, List<Object[]> rows) throws SQLException {
        Connection connection = statement.getConnection();
        for (int i = 0; i < form.parameters().size(); i++) {
            int index = form.parameters().get(i);
            if (index == Form.ALL) {
                statement.setString(i + 1, json(rows, form.table()));
            } else if (dialect == Dialect.POSTGRESQL) {
                statement.setArray(
                        i + 1, connection.createArrayOf(values.get(index).kind().postgresql, column(rows, index)));
            } else {
                statement.setObject(i + 1, Sql.plain(rows.get(0)[index]));
            }
        }
    }

    private Object[] column(List<Object[]> rows, int index) {
        boolean number = values.get(index).kind() == Kind.NUMBER;
        Object[] column = number ? new Long[rows.size()] : new String[rows.size()];
        for (int i = 0; i < column.length; i++) {
            Object value = Sql.plain(rows.get(i)[index]);
            column[i] = number && value != null ? (Object) ((Number) value).longValue() : value;
        }
        return column;
    }

    private static String json(List<Object[]> rows, List<Integer> indexes) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Object[] row : rows) {
                json.writeStartArray();
                for (int index : indexes) {
                    Object plain = Sql.plain(row[index]);
                    if (plain == null) {
                        json.writeNull();
                    } else if (plain instanceof Number number) {
                        json.writeNumber(number.longValue());
                    } else {
                        json.writeString((String) plain);
                    }
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
