package dev.fleche.benchmarks.stores;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** The entries that stores hold, by their numbers: keys of 32 random bytes and values of 200. */
final class Entries {

    static final int KEY_BYTES = 32;
    static final int VALUE_BYTES = 200;

    /** The function whose calls are the entries of our own stores: its results are the values. */
    static final Memo1<Integer, byte[]> VALUE = Fleche.of(Entries::value);

    private Entries() {}

    /** An entry of a store of bytes. */
    static final class Entry {

        private final byte[] key;
        private final byte[] value;

        Entry(byte[] key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        byte[] key() {
            return key;
        }

        byte[] value() {
            return value;
        }
    }

    static Entry of(int number) {
        ByteBuffer key = ByteBuffer.allocate(KEY_BYTES);
        SplittableRandom random = new SplittableRandom(~(long) number);
        while (key.hasRemaining()) {
            key.putLong(random.nextLong());
        }
        return new Entry(key.array(), value(number));
    }

    static byte[] value(int number) {
        byte[] value = new byte[VALUE_BYTES];
        new SplittableRandom(number).nextBytes(value);
        return value;
    }
}
