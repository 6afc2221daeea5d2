package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The bytes of a pack.
 *
 * <p>What made it and what it is of (length and UTF-8); the numbers of strings, edges and entries, and of the bytes of
 * entries and data, four bytes each; the entries; the data; the edges ({@link PackTables}); the positions of the
 * strings; the strings, each with the number of its characters, or its complement if they have two bytes; the CRC-32
 * and CRC-32C of all before, four bytes each. An entry: the number of its key among the strings, its position in the
 * data, a byte of flags (1 a stamp, 2 a digest), these. Numbers are big-endian.
 *
 * <p>The sums are to find damage: a pack that others could have written is not read at all, and the SHA-256 of its
 * bytes would cost a JVM that has just started more than all the rest.
 */
final class PackFormat {

    private static final int STAMPED = 1;
    private static final int DIGESTED = 2;

    private PackFormat() {}

    static byte[] encode(String maker, String root, Map<String, PackEntry> entries) throws IOException {
        CompactWriter data = new CompactWriter();
        List<Integer> positions = new ArrayList<>();
        entries.forEach((key, entry) -> {
            positions.add(data.size());
            data.stringNumber(key);
            entry.write(Form.of(key.charAt(0)), data);
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        writeText(maker, out);
        writeText(root, out);
        List<Edge> edges = new ArrayList<>();
        data.edgeTable().forEach(edges::add);
        List<String> strings = new ArrayList<>();
        data.stringTable().forEach(strings::add);
        byte[] heads = heads(entries, positions, data);
        for (int count : new int[] {strings.size(), edges.size(), entries.size(), heads.length, data.size()}) {
            out.writeInt(count);
        }
        out.write(heads);
        out.write(data.toBytes());
        for (Edge edge : edges) {
            out.writeByte(PackTables.number(edge.kind()));
            out.writeInt(data.stringNumber(edge.owner()));
            out.writeInt(data.stringNumber(edge.name()));
            out.writeInt(data.stringNumber(edge.descriptor()));
        }
        writeStrings(strings, out);
        out.writeLong(sums(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static byte[] heads(Map<String, PackEntry> entries, List<Integer> positions, CompactWriter data)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int next = 0;
        for (Map.Entry<String, PackEntry> each : entries.entrySet()) {
            out.writeInt(data.stringNumber(each.getKey()));
            out.writeInt(positions.get(next++));
            write(each.getValue(), out);
        }
        return bytes.toByteArray();
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static void write(PackEntry entry, DataOutputStream out) throws IOException {
        FileStamp stamp = entry.stamp();
        Digest content = entry.content();
        out.writeByte((stamp == null ? 0 : STAMPED) | (content == null ? 0 : DIGESTED));
        if (stamp != null) {
            out.writeLong(stamp.size());
            out.writeLong(stamp.modified());
            out.writeLong(stamp.changed());
            out.writeLong(stamp.inode());
            out.writeLong(stamp.device());
        }
        if (content != null) {
            out.write(content.toBytes());
        }
    }

    private static void writeStrings(List<String> strings, DataOutputStream out) throws IOException {
        int at = out.size() + Integer.BYTES * strings.size();
        for (String string : strings) {
            out.writeInt(at);
            at += Integer.BYTES + string.length() * (isWide(string) ? 2 : 1);
        }
        for (String string : strings) {
            boolean wide = isWide(string);
            out.writeInt(wide ? ~string.length() : string.length());
            if (wide) {
                out.writeChars(string);
            } else {
                out.writeBytes(string);
            }
        }
    }

    private static boolean isWide(String string) {
        return string.chars().anyMatch(c -> c > 0xFF);
    }

    private static long sums(byte[] bytes, int length) {
        CRC32 one = new CRC32();
        one.update(bytes, 0, length);
        CRC32C other = new CRC32C();
        other.update(bytes, 0, length);
        return one.getValue() << Integer.SIZE | other.getValue();
    }

    /** Returns the entries; empty if the bytes are damaged, or of another maker or place. */
    static Optional<Map<String, PackEntry>> decode(byte[] bytes, String maker, String root) {
        int end = bytes.length - Long.BYTES;
        if (end < 0 || ByteBuffer.wrap(bytes).getLong(end) != sums(bytes, end)) {
            return Optional.empty();
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes, 0, end);
            return isText(in, maker) && isText(in, root) ? Optional.of(entries(in, bytes)) : Optional.empty();
        } catch (RuntimeException e) {
            // whole, but not what we write
            return Optional.empty();
        }
    }

    private static boolean isText(ByteBuffer in, String text) {
        byte[] utf8 = new byte[in.getInt()];
        in.get(utf8);
        return text.equals(new String(utf8, StandardCharsets.UTF_8));
    }

    private static Map<String, PackEntry> entries(ByteBuffer in, byte[] bytes) {
        int strings = in.getInt();
        int edges = in.getInt();
        int count = in.getInt();
        int headBytes = in.getInt();
        int dataBytes = in.getInt();
        int dataAt = in.position() + headBytes;
        int edgesAt = dataAt + dataBytes;
        PackTables tables = new PackTables(bytes, edgesAt + PackTables.EDGE_BYTES * edges, strings, edgesAt, edges);
        Map<String, PackEntry> entries = new HashMap<>(2 * count);
        for (int i = 0; i < count; i++) {
            String key = tables.string(in.getInt());
            int position = dataAt + in.getInt();
            byte flags = in.get();
            FileStamp stamp = (flags & STAMPED) == 0 ? null : stamp(in);
            Digest content = (flags & DIGESTED) == 0 ? null : digest(in, bytes);
            entries.put(key, PackEntry.packed(stamp, content, tables, position));
        }
        return entries;
    }

    private static FileStamp stamp(ByteBuffer in) {
        return new FileStamp(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    private static Digest digest(ByteBuffer in, byte[] bytes) {
        Digest digest = Digest.of(bytes, in.position());
        in.position(in.position() + Digest.BYTES);
        return digest;
    }
}
