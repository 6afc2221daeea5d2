package dev.fleche.lmdb;

import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.PersistentStorageContract;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;

class LmdbStorageTest extends PersistentStorageContract {

    @TempDir
    Path directory;

    @Override
    protected CacheConfig config() {
        return Lmdb.config(directory);
    }

    @Override
    protected void damageRecord(Digest key, UnaryOperator<byte[]> damage) {
        RawEntries.change(directory, Area.CALLS, key.toBytes(), damage);
    }

    @Override
    protected void damageValue(Address address, UnaryOperator<byte[]> damage) {
        RawEntries.changeValue(directory, address, damage);
    }
}
