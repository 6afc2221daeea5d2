package dev.fleche.code;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The strings and edges of a pack, made when they are first needed.
 *
 * <p>Safe for use by several threads: both may make the same string, which harms nobody.
 */
final class PackTables {

    /** The bytes of an edge: its kind, and the numbers of three strings. */
    static final int EDGE_BYTES = 13;

    private static final List<Edge.Kind> KINDS = List.of(Edge.Kind.values());

    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final int stringsAt;
    private final int edgesAt;
    private final @Nullable String[] strings;
    private final @Nullable Edge[] edges;

    /**
     * Makes them.
     *
     * @param stringsAt where the positions of the strings stand, four bytes each
     * @param edgesAt where the edges stand
     */
    PackTables(byte[] bytes, int stringsAt, int strings, int edgesAt, int edges) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes);
        this.stringsAt = stringsAt;
        this.edgesAt = edgesAt;
        this.strings = new String[strings];
        this.edges = new Edge[edges];
    }

    /** Returns what stands for a kind of edges. */
    static int number(Edge.Kind kind) {
        return KINDS.indexOf(kind);
    }

    byte[] bytes() {
        return bytes;
    }

    String string(int number) {
        String known = strings[number];
        if (known == null) {
            int at = buffer.getInt(stringsAt + Integer.BYTES * number);
            int length = buffer.getInt(at);
            known = length >= 0 ? narrow(at + Integer.BYTES, length) : wide(at + Integer.BYTES, ~length);
            strings[number] = known;
        }
        return known;
    }

    private String narrow(int at, int length) {
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    /** Not by a charset, which would lose half a surrogate pair. */
    private String wide(int at, int length) {
        char[] chars = new char[length];
        buffer.duplicate().position(at).asCharBuffer().get(chars);
        return new String(chars);
    }

    Edge edge(int number) {
        Edge known = edges[number];
        if (known == null) {
            int at = edgesAt + EDGE_BYTES * number;
            known = new Edge(
                    KINDS.get(bytes[at]),
                    string(buffer.getInt(at + 1)),
                    string(buffer.getInt(at + 5)),
                    string(buffer.getInt(at + 9)));
            edges[number] = known;
        }
        return known;
    }
}
