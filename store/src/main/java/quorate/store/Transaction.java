package quorate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The statements of one transaction. Values are always bound, never spliced into SQL. */
final class Transaction {
    /** What is done in a transaction: all of it happens, or, when it throws, none. */
    @FunctionalInterface
    interface Work<T> {
        T in(Transaction transaction) throws SQLException;
    }

    /** How a row becomes a value. */
    @FunctionalInterface
    interface Reading<T> {
        T of(Row row) throws SQLException;
    }

    private final Connection connection;

    Transaction(Connection connection) {
        this.connection = connection;
    }

    /** Runs one change and returns the number of rows that it touched. */
    int change(String sql, Object... values) throws SQLException {
        try (var statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** Runs a change that must touch exactly one row; anything else is our bug and undoes the transaction. */
    void changeOne(String sql, Object... values) throws SQLException {
        var touched = change(sql, values);
        if (touched != 1) {
            throw new IllegalStateException(touched + " rows touched instead of one by: " + sql);
        }
    }

    <T> List<T> rows(String sql, Reading<T> reading, Object... values) throws SQLException {
        try (var statement = prepare(sql, values);
                var result = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (result.next()) {
                rows.add(read(reading, new Row(result)));
            }
            return List.copyOf(rows);
        }
    }

    /** The one row that a primary key names, if it exists. */
    <T> Optional<T> row(String sql, Reading<T> reading, Object... values) throws SQLException {
        var rows = rows(sql, reading, values);
        if (rows.size() > 1) {
            throw new IllegalStateException(rows.size() + " rows where one was expected by: " + sql);
        }
        return rows.stream().findFirst();
    }

    boolean exists(String sql, Object... values) throws SQLException {
        return !rows(sql, row -> true, values).isEmpty();
    }

    /** A stored value outside its domain is damage, whatever wrote it: constraints let none in. */
    private static <T> T read(Reading<T> reading, Row row) throws SQLException {
        try {
            return reading.of(row);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Damaged("the database holds a row that nothing writes: " + e.getMessage(), e);
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                bind(statement, i + 1, values[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private static void bind(PreparedStatement statement, int position, Object value) throws SQLException {
        switch (value) {
            case Long number -> statement.setLong(position, number);
            case Integer number -> statement.setInt(position, number);
            case Boolean flag -> statement.setInt(position, flag ? 1 : 0);
            case String text -> statement.setString(position, text);
            case Enum<?> constant -> statement.setString(position, constant.name());
            case Instant time -> statement.setLong(position, time.toEpochMilli());
            case Bytes bytes -> statement.setBytes(position, bytes.toArray());
            case byte[] bytes -> statement.setBytes(position, bytes);
            case Optional<?> optional when optional.isPresent() -> bind(statement, position, optional.get());
            case Optional<?> empty -> statement.setNull(position, Types.NULL);
            default -> throw new IllegalArgumentException("no SQL form for " + value.getClass());
        }
    }
}
