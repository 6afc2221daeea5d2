package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a method.
 *
 * <p>Of the methods of a class a function reaches few; so what takes long to find out is found out when it is asked
 * for. Immutable to those who use it; safe for use by several threads.
 */
final class MethodSummary {

    private final int access;

    /** Null once the content is known; used under the lock of this. */
    private @Nullable Later later;

    private volatile @Nullable Content content;

    /** What is found out when it is needed. */
    interface Later {

        Content read();
    }

    /**
     * What a method does.
     *
     * @param text the digest of its text: opcodes and symbolic operands, with the bodies of its lambdas
     * @param edges what it refers to, with what its lambdas refer to; each once, in order of appearance
     * @param switches its switches over enums, in order of appearance, those of its lambdas included
     */
    record Content(Digest text, List<Edge> edges, List<EnumSwitch> switches) {}

    /** Makes one whose content is known. */
    MethodSummary(int access, Digest text, List<Edge> edges, List<EnumSwitch> switches) {
        this.access = access;
        this.content = new Content(text, edges, switches);
    }

    /** Makes one whose content is found out when it is needed. */
    MethodSummary(int access, Later later) {
        this.access = access;
        this.later = later;
    }

    /** Returns its access flags. */
    int access() {
        return access;
    }

    /** Returns the digest of its text. */
    Digest text() {
        return content().text();
    }

    /** Returns what it refers to. */
    List<Edge> edges() {
        return content().edges();
    }

    /** Returns its switches over enums. */
    List<EnumSwitch> switches() {
        return content().switches();
    }

    /**
     * Returns its content.
     *
     * @throws RuntimeException if its code breaks the rules of class files
     */
    Content content() {
        Content known = content;
        return known == null ? read() : known;
    }

    private synchronized Content read() {
        Later reader = later;
        Content known = reader == null ? Objects.requireNonNull(content) : reader.read();
        content = known;
        later = null;
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MethodSummary method
                && access == method.access
                && content().equals(method.content());
    }

    @Override
    public int hashCode() {
        return access;
    }

    @Override
    public String toString() {
        return "MethodSummary[access=" + access + ", " + content() + "]";
    }
}
