package quorate.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteErrorCode;

/** One connection, used by one thread at a time, for one transaction at a time. */
final class SqlConnection implements AutoCloseable {
    private final String file;
    private final Connection connection;
    private final ReentrantLock turn = new ReentrantLock();

    SqlConnection(String file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Takes the write lock first, so that what the transaction reads is what it changes. */
    <T> T write(Transaction.Work<T> work) {
        return run("BEGIN IMMEDIATE", work);
    }

    /** Sees one state of the database throughout. */
    <T> T read(Transaction.Work<T> work) {
        return run("BEGIN", work);
    }

    /** Runs a statement that cannot be part of a transaction, and returns the first value of its answer. */
    String outside(String sql) {
        turn.lock();
        try (var statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return "";
            }
            try (var result = statement.getResultSet()) {
                return result.next() ? String.valueOf(result.getString(1)) : "";
            }
        } catch (SQLException e) {
            throw typed(e);
        } finally {
            turn.unlock();
        }
    }

    /** Moves the log into the database and empties it; false if that would have to wait for a reader. */
    boolean emptyLog() {
        turn.lock();
        try {
            var patience = outside("PRAGMA busy_timeout");
            outside("PRAGMA busy_timeout = 0");
            try {
                return outside("PRAGMA wal_checkpoint(TRUNCATE)").equals("0");
            } finally {
                outside("PRAGMA busy_timeout = " + patience);
            }
        } finally {
            turn.unlock();
        }
    }

    private <T> T run(String begin, Transaction.Work<T> work) {
        turn.lock();
        try {
            execute(begin);
            return commitOrRollBack(work);
        } catch (SQLException e) {
            throw typed(e);
        } finally {
            turn.unlock();
        }
    }

    private <T> T commitOrRollBack(Transaction.Work<T> work) throws SQLException {
        try {
            var result = work.in(new Transaction(connection));
            execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                execute("ROLLBACK");
            } catch (SQLException alreadyRolledBack) {
                e.addSuppressed(alreadyRolledBack);
            }
            throw e;
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private StoreException typed(SQLException e) {
        var primary = e.getErrorCode() & 0xFF;
        return primary == SQLiteErrorCode.SQLITE_CORRUPT.code || primary == SQLiteErrorCode.SQLITE_NOTADB.code
                ? new Damaged(file + " is damaged: " + e.getMessage() + "; restore a backup", e)
                : new StorageFailed("use " + file, e);
    }

    @Override
    public void close() {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw typed(e);
        } finally {
            turn.unlock();
        }
    }
}
