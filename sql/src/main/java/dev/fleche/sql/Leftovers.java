package dev.fleche.sql;

import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;

/**
 * Rows of a table that do not belong there: counted or removed piece by piece, in the order of the primary key.
 *
 * <p>A table may have hundreds of millions of rows, and a server that takes longer for an answer than a connection
 * waits is taken for dead. So no statement looks at more rows than a piece has. Immutable.
 *
 * @param table where they are
 * @param first the first column of the table's primary key, a number
 * @param second the second column, also a number; empty if there is none
 * @param condition what is true of them; with look-ups of single rows only, since a piece is small and other tables are
 *     large
 * @param piece how many rows a statement looks at
 */
record Leftovers(String table, String first, String second, String condition, int piece) {

    /** What is done with the rows of one piece, as {@code where} and the numbers in it choose them. */
    private interface Action {
        long run(String where, Object... numbers);
    }

    /** Counts them, and runs {@code step} after each piece. */
    long count(Database database, Runnable step) {
        return walk(database, (where, numbers) -> {
            long count = database.read(session -> session.query(
                            "SELECT COUNT(*) FROM " + table + " WHERE " + condition + " AND " + where,
                            row -> row.getLong(1),
                            numbers)
                    .get(0));
            step.run();
            return count;
        });
    }

    /** Removes them, and runs {@code step} after each piece; returns how many there were. */
    long remove(Database database, Runnable step) {
        return walk(database, (where, numbers) -> {
            long count = database.write(session ->
                    (long) session.update("DELETE FROM " + table + " WHERE " + condition + " AND " + where, numbers));
            step.run();
            return count;
        });
    }

    private long walk(Database database, Action action) {
        long total = 0;
        long from = Long.MIN_VALUE;
        while (true) {
            long after = from;
            OptionalLong last = database.read(session -> atEndOfPiece(session, first, first + " > ?", after));
            if (last.isEmpty()) {
                return total + action.run(first + " > ?", after);
            }
            from = last.getAsLong();
            if (second.isEmpty()) {
                total += action.run(first + " > ? AND " + first + " <= ?", after, from);
            } else {
                total += action.run(first + " > ? AND " + first + " < ?", after, from);
                total += walkWithin(database, action, from);
            }
        }
    }

    /** Goes through the rows with one number in the first column, of which there may be as many as records. */
    private long walkWithin(Database database, Action action, long same) {
        long total = 0;
        long from = Long.MIN_VALUE;
        while (true) {
            long after = from;
            String begin = first + " = ? AND " + second + " > ?";
            OptionalLong last = database.read(session -> atEndOfPiece(session, second, begin, same, after));
            if (last.isEmpty()) {
                return total + action.run(begin, same, after);
            }
            from = last.getAsLong();
            total += action.run(begin + " AND " + second + " <= ?", same, after, from);
        }
    }

    private OptionalLong atEndOfPiece(Session session, String column, String where, Object... numbers)
            throws SQLException {
        List<Long> found = session.query(
                "SELECT " + column + " FROM " + table + " WHERE " + where + " ORDER BY " + first
                        + (second.isEmpty() ? "" : ", " + second) + " LIMIT 1 OFFSET " + (piece - 1),
                row -> row.getLong(1),
                numbers);
        return found.isEmpty() ? OptionalLong.empty() : OptionalLong.of(found.get(0));
    }
}
