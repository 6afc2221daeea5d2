package dev.fleche.code;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * All code that a function can reach, as names and digests: what its code digest is the digest of.
 *
 * <p>Two manifests of a function tell what has changed between them. Immutable.
 *
 * @param entries the parts, sorted by kind and name, each once
 */
public record CodeManifest(List<Entry> entries) {

    private static final byte FORMAT = 1;

    /** Kind, and the lengths of name and content. */
    private static final int MIN_ENTRY_BYTES = 5;

    /** By kind, then by name; a class, since a first call would wait for lambdas to be linked. */
    private static final Comparator<Entry> ORDER = new Comparator<>() {
        @Override
        public int compare(Entry one, Entry other) {
            int kinds = one.kind().compareTo(other.kind());
            return kinds == 0 ? one.name().compareTo(other.name()) : kinds;
        }
    };

    /** Makes a manifest of entries in any order; two of the same kind and name are refused. */
    public CodeManifest {
        List<Entry> sorted = new ArrayList<>(entries);
        sorted.sort(ORDER);
        entries = List.copyOf(sorted);
        for (int i = 1; i < entries.size(); i++) {
            if (ORDER.compare(entries.get(i - 1), entries.get(i)) == 0) {
                throw new IllegalArgumentException("expected each part once, found two of " + entries.get(i));
            }
        }
    }

    /** The kinds of parts. */
    public enum Kind {
        /** The function's own method; named by an empty name, so that a renamed method keeps its digest. */
        ROOT(0),
        /** Another method: {@code com.acme.Lattice.energy(double)}. */
        METHOD(1),
        /** A class: its superclass and interfaces. */
        CLASS(2),
        /** A constant field that is read as a field. */
        CONSTANT(3),
        /** A library that is called directly. */
        LIBRARY(4),
        /** Code that could not be looked into. */
        OPAQUE(5);

        /** What stands for it in bytes: its place among the kinds. */
        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /**
     * A part.
     *
     * @param kind what it is
     * @param name its name, for people
     * @param content its content or version for people where that is short ({@code 3.6.1}), else the digest in hex
     */
    public record Entry(Kind kind, String name, String content) {

        /** Makes a part. */
        public Entry {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(content, "content");
        }
    }

    /** Returns the manifest as bytes; equal manifests have the same. */
    @SuppressWarnings("EnumOrdinal") // the order of the kinds is part of the format
    public byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                out.writeByte(entry.kind().code);
                out.writeUTF(entry.name());
                out.writeUTF(entry.content());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a name or content has more than 65535 bytes", e);
        }
        return bytes.toByteArray();
    }

    /** Returns the manifest that has these bytes; empty if none has. */
    public static Optional<CodeManifest> parse(byte[] bytes) {
        try {
            CodeManifest manifest = read(bytes);
            // what can be written in two ways, and what stands after the end, is no manifest of ours
            return Arrays.equals(manifest.toBytes(), bytes) ? Optional.of(manifest) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static CodeManifest read(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readByte() != FORMAT) {
            throw new IllegalArgumentException("a format that this version does not know");
        }
        int size = in.readInt();
        if (size < 0 || size > in.available() / MIN_ENTRY_BYTES) {
            throw new IllegalArgumentException("more entries than bytes");
        }
        Kind[] kinds = Kind.values();
        List<Entry> entries = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int kind = in.readUnsignedByte();
            if (kind >= kinds.length) {
                throw new IllegalArgumentException("a kind that this version does not know");
            }
            entries.add(new Entry(kinds[kind], in.readUTF(), in.readUTF()));
        }
        return new CodeManifest(entries);
    }

    /**
     * Returns what is different in this manifest, compared with an older one of the same function.
     *
     * <p>What has changed comes before what was added or removed; in each of these the order is that of the entries.
     */
    public List<Difference> differences(CodeManifest older) {
        List<Difference> found = new ArrayList<>();
        int now = 0;
        int then = 0;
        while (now < entries.size() || then < older.entries.size()) {
            Entry present = now < entries.size() ? entries.get(now) : null;
            Entry former = then < older.entries.size() ? older.entries.get(then) : null;
            int order = present == null ? 1 : former == null ? -1 : ORDER.compare(present, former);
            if (present != null && order <= 0) {
                now++;
            }
            if (former != null && order >= 0) {
                then++;
            }
            Difference.of(order <= 0 ? present : null, order >= 0 ? former : null)
                    .ifPresent(found::add);
        }
        found.sort(Comparator.comparing(difference -> !difference.isChange()));
        return List.copyOf(found);
    }
}
