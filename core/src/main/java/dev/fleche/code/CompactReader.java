package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.ArrayList;
import java.util.List;

/** A reader of what a {@link CompactWriter} wrote. Not thread-safe. */
final class CompactReader {

    private final PackTables tables;
    private final byte[] bytes;
    private int position;

    CompactReader(PackTables tables, int position) {
        this.tables = tables;
        this.bytes = tables.bytes();
        this.position = position;
    }

    /** Returns a reader of the part that follows, and passes over that. */
    CompactReader part() {
        int size = number();
        CompactReader part = new CompactReader(tables, position);
        position += size;
        return part;
    }

    int number() {
        byte next = bytes[position++];
        int number = next & 0x7F;
        for (int shift = 7; next < 0; shift += 7) {
            next = bytes[position++];
            number |= (next & 0x7F) << shift;
        }
        return number;
    }

    String string() {
        return tables.string(number());
    }

    Edge edge() {
        return tables.edge(number());
    }

    List<String> strings() {
        int count = number();
        List<String> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            list.add(string());
        }
        return list;
    }

    Digest digest() {
        Digest digest = Digest.of(bytes, position);
        position += Digest.BYTES;
        return digest;
    }
}
