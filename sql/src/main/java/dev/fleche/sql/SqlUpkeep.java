package dev.fleche.sql;

import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.EntryBytes;
import dev.fleche.storage.Flaw;
import dev.fleche.storage.RecordTerms;
import dev.fleche.storage.Upkeep;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * The care for the tables: rows that belong to no entry, and terms that records lack.
 *
 * <p>A statement sees what is committed, and an entry is committed with all that belongs to it; so nothing that another
 * process is about to store is taken for a leftover.
 */
final class SqlUpkeep implements Upkeep {

    private final Database database;
    private final Care care;

    /** What is to be cared for in one kind of database, beyond the tables that all have. */
    interface Care {

        /** Looks for damage of the engine's own structure, and for what the dead have left. */
        List<Flaw> check();

        /** Removes or mends what {@link #check} finds, as far as that can be done, and returns it. */
        List<Flaw> repair();

        long sizeBytes();
    }

    /**
     * Rows without an owner.
     *
     * @param table where they are
     * @param condition what is true of them, where the owner's table is {@code c}
     */
    private record Leftover(String table, String condition) {}

    private static final List<Leftover> LEFTOVERS = List.of(
            new Leftover("fleche_term", "NOT EXISTS (SELECT 1 FROM fleche_call c WHERE c.id = call_id)"),
            new Leftover("fleche_call_part", "NOT EXISTS (SELECT 1 FROM fleche_call c WHERE c.id = owner_id)"),
            new Leftover("fleche_value_part", "NOT EXISTS (SELECT 1 FROM fleche_value c WHERE c.id = owner_id)"));

    private static final List<Leftover> FOREIGN = List.of(
            new Leftover("fleche_call", "LENGTH(call_key) <> 32"),
            new Leftover("fleche_value", "LENGTH(address) <> 32"));

    SqlUpkeep(Database database, Care care) {
        this.database = database;
        this.care = care;
    }

    @Override
    public List<Flaw> check() {
        List<Flaw> flaws = new ArrayList<>(care.check());
        if (flaws.stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.ENGINE)) {
            flaws.addAll(rows(false));
            flaws.addAll(terms(false));
        }
        return flaws;
    }

    @Override
    public List<Flaw> repair() {
        List<Flaw> flaws = new ArrayList<>(care.repair());
        if (care.check().stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.ENGINE)) {
            flaws.addAll(rows(true));
            flaws.addAll(terms(true));
        }
        return flaws;
    }

    @Override
    public long sizeBytes() {
        return care.sizeBytes();
    }

    private List<Flaw> rows(boolean removing) {
        List<Flaw> flaws = new ArrayList<>();
        for (Leftover foreign : FOREIGN) {
            addFlaw(flaws, Flaw.Kind.FOREIGN, foreign, "rows whose name is no digest", removing);
        }
        for (Leftover leftover : LEFTOVERS) {
            addFlaw(flaws, Flaw.Kind.LEFT_BEHIND, leftover, "rows that belong to no entry", removing);
        }
        return flaws;
    }

    private void addFlaw(List<Flaw> flaws, Flaw.Kind kind, Leftover leftover, String what, boolean removing) {
        long count = removing
                ? database.write(session ->
                        (long) session.update("DELETE FROM " + leftover.table + " WHERE " + leftover.condition))
                : database.read(session -> session.query(
                                "SELECT COUNT(*) FROM " + leftover.table + " WHERE " + leftover.condition,
                                row -> row.getLong(1))
                        .get(0));
        if (count > 0) {
            flaws.add(new Flaw(kind, "table " + leftover.table + " in " + database.place(), count + " " + what));
        }
    }

    /** Compares the terms of each sound record with those in the table. */
    private List<Flaw> terms(boolean adding) {
        List<Flaw> flaws = new ArrayList<>();
        RecordSelection all = RecordSelection.all(EntryTable.CALLS.columns());
        Pages.<EntryTable.Entry>stream(last -> database.read(session -> all.pageAfter(session, last)))
                .forEach(entry -> entry.digest().ifPresent(key -> {
                    if (EntryBytes.readRecord(entry.bytes(), key) instanceof Lookup.Hit<CallRecord> hit) {
                        SortedSet<Long> terms = RecordTerms.of(hit.value());
                        long missing = terms.size() - database.read(session -> count(session, terms, entry.id()));
                        if (missing > 0) {
                            if (adding) {
                                database.write(session -> TermRows.insert(session, terms, entry.id()));
                            }
                            flaws.add(new Flaw(
                                    Flaw.Kind.LEFT_BEHIND,
                                    "record " + key + " in " + database.place(),
                                    missing + " of the terms are missing by which queries find it"));
                        }
                    }
                }));
        return flaws;
    }

    private static long count(Session session, SortedSet<Long> terms, long id) throws SQLException {
        List<Object> parameters = new ArrayList<>(terms);
        parameters.add(id);
        return session.query(
                        "SELECT COUNT(*) FROM fleche_term WHERE term IN (?" + ", ?".repeat(terms.size() - 1)
                                + ") AND call_id = ?",
                        row -> row.getLong(1),
                        parameters.toArray())
                .get(0);
    }
}
