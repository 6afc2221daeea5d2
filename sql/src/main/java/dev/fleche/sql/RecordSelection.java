package dev.fleche.sql;

import dev.fleche.record.RecordFilter;
import dev.fleche.storage.RecordTerms;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query that finds, page by page, at least the records that a filter chooses.
 *
 * <p>One index leads: that of the terms if the filter has any, that of starts or of wall times if it has bounds for
 * them, that of the records' numbers otherwise. Of several terms the one that fewest records have leads: a function of
 * which there are millions of calls leads to one of them by its argument. A page starts where the one before ended.
 * Immutable.
 */
final class RecordSelection {

    private static final int PAGE = 100;

    /** How many records of each term are counted at first, and how many times more whenever all terms have as many. */
    private static final int COUNTED = 256;

    private static final int COUNTED_MORE = 16;
    private static final int MAX_COUNTED = 1 << 24;
    private static final String COUNT =
            "SELECT COUNT(*) FROM (SELECT 1 FROM fleche_term WHERE term = ? LIMIT ?) counted";

    private final String sql;
    private final List<Object> before = new ArrayList<>();
    private final List<Object> after = new ArrayList<>();
    private final long first;

    /** What leads through the records, by the column that says where in it a record is. */
    private enum Lead {
        TERM("t0.call_id"),
        START("c.started"),
        WALL_TIME("c.wall_nanos"),
        NUMBER("c.id");

        private final String column;

        Lead(String column) {
            this.column = column;
        }

        private static Lead of(boolean hasTerms, RecordFilter filter) {
            if (hasTerms) {
                return TERM;
            }
            if (filter.from().isPresent() || filter.before().isPresent()) {
                return START;
            }
            return filter.minWallTime().isPresent() || filter.maxWallTime().isPresent() ? WALL_TIME : NUMBER;
        }
    }

    /** Returns the query for a filter, after a look at how many records have each of its terms. */
    static RecordSelection of(Session session, RecordFilter filter, String columns) throws SQLException {
        return new RecordSelection(filter, fewestFirst(session, List.copyOf(RecordTerms.of(filter))), columns);
    }

    /** Returns the query for all records. */
    static RecordSelection all(String columns) {
        return new RecordSelection(RecordFilter.ALL, List.of(), columns);
    }

    private static List<Long> fewestFirst(Session session, List<Long> terms) throws SQLException {
        if (terms.size() < 2) {
            return terms;
        }
        Map<Long, Long> counts = new HashMap<>();
        for (int limit = COUNTED; limit <= MAX_COUNTED; limit *= COUNTED_MORE) {
            for (Long term : terms) {
                counts.put(
                        term,
                        session.query(COUNT, row -> row.getLong(1), term, limit).get(0));
            }
            if (Collections.min(counts.values()) < limit) {
                break;
            }
        }
        List<Long> sorted = new ArrayList<>(terms);
        sorted.sort(Comparator.comparing(counts::get));
        return sorted;
    }

    /**
     * Creates a query.
     *
     * @param terms those of the filter, that of fewest records first
     * @param columns what is selected of the table of records, which is called {@code c}
     */
    private RecordSelection(RecordFilter filter, List<Long> terms, String columns) {
        StringBuilder from = new StringBuilder();
        List<String> where = new ArrayList<>();
        // cross joins, which SQLite runs in the order in which they stand here
        for (long term : terms) {
            String name = "t" + before.size();
            from.append(before.isEmpty() ? "" : " CROSS JOIN ")
                    .append("fleche_term ")
                    .append(name);
            if (!before.isEmpty()) {
                where.add(name + ".call_id = t0.call_id");
            }
            where.add(name + ".term = ?");
            before.add(term);
        }
        Lead lead = Lead.of(!before.isEmpty(), filter);
        from.append(before.isEmpty() ? "fleche_call c" : " CROSS JOIN fleche_call c");
        if (!before.isEmpty()) {
            where.add("c.id = t0.call_id");
        }
        where.add(lead.column + " >= ? AND (" + lead.column + " > ? OR c.id > ?)");
        first = addRanges(filter, lead, where);
        sql = "SELECT " + columns + ", " + lead.column + " FROM " + from + " WHERE " + String.join(" AND ", where)
                + " ORDER BY " + lead.column + (lead == Lead.START || lead == Lead.WALL_TIME ? ", c.id" : "")
                + " LIMIT " + PAGE;
    }

    /** Adds what bounds start and wall time, and returns where to begin in the index that leads. */
    private long addRanges(RecordFilter filter, Lead lead, List<String> where) {
        long earliest = filter.from().map(Instant::getEpochSecond).orElse(Long.MIN_VALUE);
        long shortest = filter.minWallTime().map(RecordSelection::nanos).orElse(Long.MIN_VALUE);
        if (filter.from().isPresent() && lead != Lead.START) {
            where.add("c.started >= ?");
            after.add(earliest);
        }
        filter.before().ifPresent(end -> {
            where.add("c.started <= ?");
            after.add(end.getEpochSecond());
        });
        if (filter.minWallTime().isPresent() && lead != Lead.WALL_TIME) {
            where.add("c.wall_nanos >= ?");
            after.add(shortest);
        }
        filter.maxWallTime().ifPresent(longest -> {
            where.add("c.wall_nanos <= ?");
            after.add(nanos(longest));
        });
        return lead == Lead.START ? earliest : lead == Lead.WALL_TIME ? shortest : Long.MIN_VALUE;
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    String sql() {
        return sql;
    }

    /** Returns the entries after {@code last}, or the first ones without it, as far as a page goes. */
    List<EntryTable.Entry> pageAfter(Session session, EntryTable.@Nullable Entry last) throws SQLException {
        return EntryTable.CALLS.query(session, sql, parameters(last));
    }

    /** Returns the parameters of the statement for the page after {@code last}. */
    Object[] parameters(EntryTable.@Nullable Entry last) {
        List<Object> all = new ArrayList<>(before);
        long position = last == null ? first : last.position();
        all.add(position);
        all.add(position);
        all.add(last == null ? Long.MIN_VALUE : last.id());
        all.addAll(after);
        return all.toArray();
    }
}
