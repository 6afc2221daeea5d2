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

    /** What is to be cared for in one kind of database, beyond the tables that all have. */
    interface Care {

        /**
         * Looks for damage of the engine's own structure, and for what the dead have left; runs {@code step} meanwhile.
         */
        List<Flaw> check(Runnable step);

        /** Removes or mends what {@link #check} finds, as far as that can be done, and returns it. */
        List<Flaw> repair(Runnable step);

        long sizeBytes();
    }

    private static final int PIECE = 1000;
    private static final int TERMS_PIECE = 10_000;

    private final Database database;
    private final Care care;
    private final List<Leftovers> leftovers;
    private final List<Leftovers> foreign;

    SqlUpkeep(Database database, Care care) {
        this(database, care, PIECE, TERMS_PIECE);
    }

    /**
     * Creates a care.
     *
     * @param piece how many rows a statement looks at, which hold bytes
     * @param termsPiece how many terms a statement looks at
     */
    SqlUpkeep(Database database, Care care, int piece, int termsPiece) {
        this.database = database;
        this.care = care;
        leftovers = List.of(
                new Leftovers("fleche_term", "term", "call_id", without("fleche_call", "call_id"), termsPiece),
                new Leftovers("fleche_call_part", "owner_id", "part", without("fleche_call", "owner_id"), piece),
                new Leftovers("fleche_value_part", "owner_id", "part", without("fleche_value", "owner_id"), piece));
        foreign = List.of(
                new Leftovers("fleche_call", "id", "", "LENGTH(call_key) <> 32", piece),
                new Leftovers("fleche_value", "id", "", "LENGTH(address) <> 32", piece));
    }

    /** Says that a row of another table is missing, in a form that no server turns into a walk through that table. */
    private static String without(String owners, String column) {
        return "(SELECT COUNT(*) FROM " + owners + " c WHERE c.id = " + column + ") = 0";
    }

    @Override
    public List<Flaw> check() {
        return check(() -> {});
    }

    @Override
    public List<Flaw> check(Runnable step) {
        List<Flaw> flaws = new ArrayList<>(care.check(step));
        if (flaws.stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.ENGINE)) {
            flaws.addAll(rows(false, step));
            flaws.addAll(terms(false, step));
        }
        return flaws;
    }

    @Override
    public List<Flaw> repair() {
        return repair(() -> {});
    }

    @Override
    public List<Flaw> repair(Runnable step) {
        List<Flaw> flaws = new ArrayList<>(care.repair(step));
        if (care.check(step).stream().noneMatch(flaw -> flaw.kind() == Flaw.Kind.ENGINE)) {
            flaws.addAll(rows(true, step));
            flaws.addAll(terms(true, step));
        }
        return flaws;
    }

    @Override
    public long sizeBytes() {
        return care.sizeBytes();
    }

    private List<Flaw> rows(boolean removing, Runnable step) {
        List<Flaw> flaws = new ArrayList<>();
        for (Leftovers rows : foreign) {
            addFlaw(flaws, Flaw.Kind.FOREIGN, rows, "rows whose name is no digest", removing, step);
        }
        for (Leftovers rows : leftovers) {
            addFlaw(flaws, Flaw.Kind.LEFT_BEHIND, rows, "rows that belong to no entry", removing, step);
        }
        return flaws;
    }

    private void addFlaw(
            List<Flaw> flaws, Flaw.Kind kind, Leftovers rows, String what, boolean removing, Runnable step) {
        long count = removing ? rows.remove(database, step) : rows.count(database, step);
        if (count > 0) {
            flaws.add(new Flaw(kind, "table " + rows.table() + " in " + database.place(), count + " " + what));
        }
    }

    /** Compares the terms of each sound record with those in the table. */
    private List<Flaw> terms(boolean adding, Runnable step) {
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
                    step.run();
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
