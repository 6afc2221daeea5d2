package dev.fleche.lmdb;

import dev.fleche.cache.Cache;
import dev.fleche.testing.DamageContract;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A small store in LMDB, every entry of which is damaged in every way. */
class LmdbEntryDamageTest extends DamageContract {

    @TempDir
    Path directory;

    private @Nullable RawEntries entries;

    /** An entry of a database. */
    private static final class Entry implements Place {

        private final RawEntries entries;
        private final Area area;
        private final byte[] key;

        Entry(RawEntries entries, Area area, byte[] key) {
            this.entries = entries;
            this.area = area;
            this.key = key;
        }

        @Override
        public byte[] read() {
            return entries.get(area, key);
        }

        @Override
        public void write(byte[] bytes) {
            entries.put(area, key, bytes);
        }
    }

    @Override
    protected Cache openCache() {
        return Lmdb.open(directory);
    }

    @Override
    protected int stride() {
        return 97;
    }

    @Override
    protected Map<String, Place> records() {
        return places(Area.CALLS);
    }

    @Override
    protected Map<String, Place> values() {
        return places(Area.VALUES);
    }

    private Map<String, Place> places(Area area) {
        RawEntries raw = entries;
        if (raw == null) {
            raw = RawEntries.of(directory);
            entries = raw;
        }
        Map<String, Place> places = new TreeMap<>();
        for (byte[] key : raw.keys(area)) {
            places.put(area + " " + HexFormat.of().formatHex(key), new Entry(raw, area, key));
        }
        return places;
    }

    @AfterEach
    void end() {
        RawEntries raw = entries;
        if (raw != null) {
            raw.close();
        }
    }
}
