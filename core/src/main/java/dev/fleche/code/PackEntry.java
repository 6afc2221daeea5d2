package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is kept of a file. Immutable. */
final class PackEntry {

    private final @Nullable FileStamp stamp;
    private final @Nullable Digest content;
    private final Object value;

    private PackEntry(@Nullable FileStamp stamp, @Nullable Digest content, Object value) {
        this.stamp = stamp;
        this.content = content;
        this.value = value;
    }

    /**
     * Makes one of what was read.
     *
     * @param stamp that of the file or jar; null if it does not tell whether the file is the same
     * @param content the SHA-256 of the file; null if it was not made
     */
    static <T> PackEntry of(@Nullable FileStamp stamp, @Nullable Digest content, T value) {
        return new PackEntry(stamp, content, value);
    }

    /** Makes one of what was kept, without a look at it. */
    static PackEntry packed(@Nullable FileStamp stamp, @Nullable Digest content, PackTables tables, int position) {
        return new PackEntry(stamp, content, new Packed(tables, position));
    }

    @Nullable
    FileStamp stamp() {
        return stamp;
    }

    @Nullable
    Digest content() {
        return content;
    }

    /** Returns what is kept, which has this form. */
    @SuppressWarnings("unchecked") // the key of an entry has the letter of the form
    <T> T value(Form<T> form) {
        return value instanceof Packed packed
                ? form.read(new CompactReader(packed.tables(), packed.position()))
                : (T) value;
    }

    <T> void write(Form<T> form, CompactWriter out) {
        form.write(value(form), out);
    }

    /** Returns whether all can be read that is put off until it is needed, and reads it. */
    boolean isComplete() {
        return !(value instanceof ClassSummary summary) || summary.isComplete();
    }

    /** Returns whether both are about the same bytes. */
    boolean isAbout(@Nullable FileStamp otherStamp, @Nullable Digest otherContent) {
        return Objects.equals(stamp, otherStamp) && Objects.equals(content, otherContent);
    }

    /** Something in the bytes of a pack. */
    private record Packed(PackTables tables, int position) {}
}
