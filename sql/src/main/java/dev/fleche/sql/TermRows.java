package dev.fleche.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/** The rows that lead from terms to records. The methods run in the session's transaction. */
final class TermRows {

    private static final String INSERT = "INSERT INTO fleche_term (term, call_id) VALUES (?, ?)";
    private static final String DELETE = "DELETE FROM fleche_term WHERE term = ? AND call_id = ?";

    private TermRows() {}

    /** Adds what is not there, and returns how many terms a record has. */
    static int insert(Session session, SortedSet<Long> terms, long id) throws SQLException {
        session.batch(session.dialect().ifAbsent(INSERT), rows(terms, id));
        return terms.size();
    }

    static void remove(Session session, SortedSet<Long> terms, long id) throws SQLException {
        session.batch(DELETE, rows(terms, id));
    }

    /** Removes all terms of a record; no index leads to them. */
    static void removeAll(Session session, long id) throws SQLException {
        session.update("DELETE FROM fleche_term WHERE call_id = ?", id);
    }

    private static List<Object[]> rows(SortedSet<Long> terms, long id) {
        List<Object[]> rows = new ArrayList<>(terms.size());
        for (Long term : terms) {
            rows.add(new Object[] {term, id});
        }
        return rows;
    }
}
