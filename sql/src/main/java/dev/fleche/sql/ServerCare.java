package dev.fleche.sql;

import dev.fleche.storage.Flaw;
import java.util.ArrayList;
import java.util.List;

/** The care for a store on a server, which cares for its engine itself: what dead owners have left. */
final class ServerCare implements SqlUpkeep.Care {

    private static final String TABLES = "'fleche_store', 'fleche_call', 'fleche_call_part', 'fleche_term', "
            + "'fleche_value', 'fleche_value_part', 'fleche_owner', 'fleche_admission', 'fleche_lease'";

    private final Database database;

    ServerCare(Database database) {
        this.database = database;
    }

    @Override
    public List<Flaw> check(Runnable step) {
        return flaws(database.read(session -> ServerAdmissions.deadOwners(session)));
    }

    @Override
    public List<Flaw> repair(Runnable step) {
        return flaws(database.write(session -> ServerAdmissions.removeDeadOwners(session)));
    }

    private List<Flaw> flaws(List<String> owners) {
        List<Flaw> flaws = new ArrayList<>();
        for (String owner : owners) {
            flaws.add(new Flaw(
                    Flaw.Kind.LEFT_BEHIND,
                    "table fleche_owner in " + database.place(),
                    "the owner " + owner + " has not been seen for an hour"));
        }
        return flaws;
    }

    @Override
    public long sizeBytes() {
        String sql = database.dialect() == Dialect.POSTGRESQL
                ? "SELECT COALESCE(SUM(pg_total_relation_size(c.oid)), 0) FROM pg_class c"
                        + " WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname IN ("
                        + TABLES + ")"
                : "SELECT COALESCE(SUM(data_length + index_length), 0) FROM information_schema.tables"
                        + " WHERE table_schema = DATABASE() AND table_name IN (" + TABLES + ")";
        return database.read(
                session -> session.query(sql, row -> row.getLong(1)).get(0));
    }
}
