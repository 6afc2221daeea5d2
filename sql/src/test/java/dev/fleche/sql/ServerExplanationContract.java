package dev.fleche.sql;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.StoredExplanationContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** What explanations of a store on a server say. The tests of a class share a database, since making one takes long. */
abstract class ServerExplanationContract extends StoredExplanationContract {

    /** Returns what opens a store in this class's database. */
    protected abstract CacheConfig database();

    @Override
    protected CacheConfig config() {
        return database();
    }

    @AfterEach
    void empty() throws SQLException {
        try (Connection connection = ServerStores.connect(database())) {
            StoredRows.deleteAll(connection);
        }
    }

    @Override
    protected void damageRecord(Digest key, UnaryOperator<byte[]> damage) {
        try (Connection connection = ServerStores.connect(database())) {
            StoredRows.damageRecord(connection, key, damage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void damageValue(Address address, UnaryOperator<byte[]> damage) {
        try (Connection connection = ServerStores.connect(database())) {
            StoredRows.damageValue(connection, address.sha256(), damage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
