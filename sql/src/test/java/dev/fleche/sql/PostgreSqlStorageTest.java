package dev.fleche.sql;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.PersistentStorageContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.UnaryOperator;

class PostgreSqlStorageTest extends PersistentStorageContract {

    private final CacheConfig config = ServerStores.newPostgreSql();

    @Override
    protected CacheConfig config() {
        return config;
    }

    @Override
    protected void damageRecord(Digest key, UnaryOperator<byte[]> damage) {
        try (Connection connection = ServerStores.connect(config)) {
            StoredRows.damageRecord(connection, key, damage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void damageValue(Address address, UnaryOperator<byte[]> damage) {
        try (Connection connection = ServerStores.connect(config)) {
            StoredRows.damageValue(connection, address.sha256(), damage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A server ends no transaction by halves; each kill and its check take two seconds here. */
    @Override
    protected int kills() {
        return Integer.getInteger("dev.fleche.test.kills", 3);
    }
}
