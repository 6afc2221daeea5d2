package dev.fleche.storage;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Sha256;
import dev.fleche.record.CallRecord;
import dev.fleche.record.RecordFilter;
import dev.fleche.record.RecordedArgument;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The terms by which a storage with an index finds records: function, version, result, arguments and tags, each as one
 * number.
 *
 * <p>For implementors of storages. A term is the first 64 bits of the SHA-256 of a letter that says what it is, the
 * length of a name in four bytes, the name, and the content; so whatever characters a tag has, its term fits into every
 * index. Two terms may be one number: what is found by them is looked at once more.
 */
public final class RecordTerms {

    private final MessageDigest sha256 = Sha256.create();
    private final SortedSet<Long> terms = new TreeSet<>();

    private RecordTerms() {}

    /** Returns the terms of a record, in their order. */
    public static SortedSet<Long> of(CallRecord record) {
        RecordTerms terms = new RecordTerms();
        terms.add('f', "", record.function().toString());
        record.version().ifPresent(version -> terms.add('v', "", version));
        record.resultDigest().ifPresent(result -> terms.add('r', "", result));
        for (RecordedArgument argument : record.arguments()) {
            terms.add('a', argument.name(), argument.digest());
        }
        for (Map.Entry<String, String> tag : record.tags().entrySet()) {
            terms.add('t', tag.getKey(), tag.getValue());
        }
        return terms.terms;
    }

    /** Returns the terms that a record chosen by {@code filter} has, among others. */
    public static SortedSet<Long> of(RecordFilter filter) {
        RecordTerms terms = new RecordTerms();
        filter.function().ifPresent(function -> terms.add('f', "", function.toString()));
        filter.version().ifPresent(version -> terms.add('v', "", version));
        filter.result().ifPresent(result -> terms.add('r', "", result));
        filter.arguments().forEach((name, digest) -> terms.add('a', name, digest));
        filter.tags().forEach((name, value) -> terms.add('t', name, value));
        return terms.terms;
    }

    private void add(char kind, String name, String content) {
        add(kind, name, content.getBytes(StandardCharsets.UTF_8));
    }

    private void add(char kind, String name, Digest content) {
        add(kind, name, content.toBytes());
    }

    private void add(char kind, String name, byte[] content) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        sha256.update((byte) kind);
        sha256.update(
                ByteBuffer.allocate(Integer.BYTES).putInt(nameBytes.length).flip());
        sha256.update(nameBytes);
        terms.add(ByteBuffer.wrap(sha256.digest(content)).getLong());
    }
}
