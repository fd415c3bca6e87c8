package io.requartz.jdbc;

import io.requartz.tx.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Statements as one-liners: parameters by position, rows through a mapper, SQLExceptions wrapped with the statement's name. */
final class Sql {

    private Sql() {}

    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    static <T> List<T> query(Tx tx, String sql, Mapper<T> mapper, Object... parameters) {
        return query(tx, sql, mapper, List.of(wrap(parameters)));
    }

    static <T> List<T> query(Tx tx, String sql, Mapper<T> mapper, List<Parameter> parameters) {
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(mapper.map(rows));
                }
                return found;
            }
        } catch (SQLException failed) {
            throw new SqlFailure(sql, failed);
        }
    }

    static <T> Optional<T> one(Tx tx, String sql, Mapper<T> mapper, Object... parameters) {
        List<T> found = query(tx, sql, mapper, parameters);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get(0));
    }

    static int update(Tx tx, String sql, Object... parameters) {
        return update(tx, sql, List.of(wrap(parameters)));
    }

    static int update(Tx tx, String sql, List<Parameter> parameters) {
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        } catch (SQLException failed) {
            throw new SqlFailure(sql, failed);
        }
    }

    /** One statement for many rows; the drivers send them together. */
    static void batch(Tx tx, String sql, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(sql)) {
            send(statement, rows);
        } catch (SQLException failed) {
            throw new SqlFailure(sql, failed);
        }
    }

    /**
     * As {@link #batch}, a statement an item.
     *
     * @return the items whose statement has changed one row
     * @throws SqlFailure also if the driver cannot tell: the counts are what fences late outcomes
     */
    static <T> List<T> batchChanging(Tx tx, String sql, List<T> items, Function<T, Object[]> parameters) {
        if (items.isEmpty()) {
            return List.of();
        }
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(sql)) {
            int[] counts = send(statement, items.stream().map(parameters).toList());
            List<T> changed = new ArrayList<>();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] < 0) {
                    throw new SQLException("the driver does not tell how many rows were changed");
                }
                if (counts[i] == 1) {
                    changed.add(items.get(i));
                }
            }
            return changed;
        } catch (SQLException failed) {
            throw new SqlFailure(sql, failed);
        }
    }

    /**
     * Inserts many rows, to each of which the database gives a number.
     *
     * @return the numbers, in the order of the rows
     */
    static List<Long> batchNumbering(Tx tx, String sql, String column, List<Object[]> rows) {
        try (PreparedStatement statement = JdbcTx.of(tx).prepareStatement(sql, new String[] {column})) {
            send(statement, rows);
            List<Long> numbers = new ArrayList<>();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                while (keys.next()) {
                    numbers.add(keys.getLong(1));
                }
            }
            if (numbers.size() != rows.size()) {
                throw new SQLException(numbers.size() + " values of " + column + " for " + rows.size() + " rows");
            }
            return numbers;
        } catch (SQLException failed) {
            throw new SqlFailure(sql, failed);
        }
    }

    private static int[] send(PreparedStatement statement, List<Object[]> rows) throws SQLException {
        for (Object[] row : rows) {
            bind(statement, List.of(wrap(row)));
            statement.addBatch();
        }
        return statement.executeBatch();
    }

    /** Adds a condition of a filter, unless it is left open. */
    static void and(StringBuilder sql, List<Parameter> parameters, String condition, Object value) {
        if (value != null) {
            sql.append(" AND ").append(condition);
            parameters.add(new Parameter(value));
        }
    }

    /** {@code ?,?,?} for an IN list. */
    static String marks(Collection<?> values) {
        return values.stream().map(value -> "?").collect(Collectors.joining(","));
    }

    static List<Parameter> parameters(Object... values) {
        return new ArrayList<>(List.of(wrap(values)));
    }

    /** A bound value; wraps null, which lists refuse. */
    record Parameter(Object value) {}

    private static Parameter[] wrap(Object... values) {
        Parameter[] wrapped = new Parameter[values.length];
        for (int i = 0; i < values.length; i++) {
            wrapped[i] = new Parameter(values[i]);
        }
        return wrapped;
    }

    private static void bind(PreparedStatement statement, List<Parameter> parameters) throws SQLException {
        int index = 1;
        for (Parameter parameter : parameters) {
            Object value = plain(parameter.value());
            if (value == null) {
                statement.setNull(index, Types.NULL);
            } else if (value instanceof Long number) {
                statement.setLong(index, number);
            } else if (value instanceof Integer number) {
                statement.setInt(index, number);
            } else if (value instanceof Boolean flag) {
                statement.setBoolean(index, flag);
            } else {
                statement.setString(index, (String) value);
            }
            index++;
        }
    }

    /** As the database keeps it: a number, a flag, a text or null; times and durations are milliseconds. */
    static Object plain(Object value) {
        if (value instanceof Instant time) {
            return time.toEpochMilli();
        }
        if (value instanceof Duration duration) {
            return duration.toMillis();
        }
        if (value instanceof Enum<?> name) {
            return name.name();
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    static Integer integer(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? null : value;
    }

    static <E extends Enum<E>> E enumOf(ResultSet row, String column, Class<E> type) throws SQLException {
        String name = row.getString(column);
        return name == null ? null : Enum.valueOf(type, name);
    }
}
