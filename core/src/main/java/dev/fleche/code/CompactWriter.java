package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A writer of numbers and digests, and of strings and edges by their numbers in tables. Not thread-safe.
 *
 * <p>Numbers have seven bits a byte, lowest first, the highest bit set in all but the last.
 */
final class CompactWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<String, Integer> strings;
    private final Map<Edge, Integer> edges;

    CompactWriter() {
        this(new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private CompactWriter(Map<String, Integer> strings, Map<Edge, Integer> edges) {
        this.strings = strings;
        this.edges = edges;
    }

    /** Returns a writer of a part, which has the same tables. */
    CompactWriter part() {
        return new CompactWriter(strings, edges);
    }

    /** Writes a part, which a reader may pass over. */
    void part(CompactWriter part) {
        number(part.size());
        bytes.writeBytes(part.toBytes());
    }

    void number(int number) {
        int left = number;
        while ((left & ~0x7F) != 0) {
            bytes.write(left | 0x80);
            left >>>= 7;
        }
        bytes.write(left);
    }

    void string(String string) {
        number(stringNumber(string));
    }

    /** Returns the number of a string, which enters the table with that. */
    int stringNumber(String string) {
        Integer known = strings.putIfAbsent(string, strings.size());
        return known == null ? strings.size() - 1 : known;
    }

    void edge(Edge edge) {
        Integer known = edges.putIfAbsent(edge, edges.size());
        number(known == null ? edges.size() - 1 : known);
        if (known == null) {
            stringNumber(edge.owner());
            stringNumber(edge.name());
            stringNumber(edge.descriptor());
        }
    }

    void strings(List<String> list) {
        number(list.size());
        list.forEach(this::string);
    }

    void digest(Digest digest) {
        bytes.writeBytes(digest.toBytes());
    }

    /** Returns the number of bytes so far. */
    int size() {
        return bytes.size();
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }

    /** Returns the strings in the order of their numbers. */
    Iterable<String> stringTable() {
        return strings.keySet();
    }

    /** Returns the edges in the order of their numbers. */
    Iterable<Edge> edgeTable() {
        return edges.keySet();
    }
}
