package dev.fleche.code;

import dev.fleche.digest.Digest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is kept of a file. Immutable. */
final class PackEntry {

    private final @Nullable FileStamp stamp;
    private final @Nullable Digest content;
    /** The content itself, in place of its digest; null if the digest is known or was not made. */
    private final @Nullable Content bytes;

    private final Object value;

    private PackEntry(@Nullable FileStamp stamp, @Nullable Digest content, @Nullable Content bytes, Object value) {
        this.stamp = stamp;
        this.content = content;
        this.bytes = bytes;
        this.value = value;
    }

    /**
     * Makes one of what was read, whose content is digested when that is needed.
     *
     * @param stamp that of the file or jar; null if it does not tell whether the file is the same
     */
    static <T> PackEntry read(@Nullable FileStamp stamp, Content content, T value) {
        return new PackEntry(stamp, null, content, value);
    }

    /**
     * Makes one of what was read.
     *
     * @param stamp that of the file or jar; null if it does not tell whether the file is the same
     * @param content the SHA-256 of the file; null if it was not made
     */
    static <T> PackEntry of(@Nullable FileStamp stamp, @Nullable Digest content, T value) {
        return new PackEntry(stamp, content, null, value);
    }

    /** Makes one of what was kept, without a look at it. */
    static PackEntry packed(@Nullable FileStamp stamp, @Nullable Digest content, PackTables tables, int position) {
        return new PackEntry(stamp, content, null, new Packed(tables, position));
    }

    @Nullable
    FileStamp stamp() {
        return stamp;
    }

    @Nullable
    Digest content() {
        return bytes == null ? content : bytes.digest();
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
        content();
        return !(value instanceof ClassSummary summary) || summary.isComplete();
    }

    /** Returns whether both are about the same bytes. */
    boolean isAbout(PackEntry other) {
        return Objects.equals(stamp, other.stamp) && Objects.equals(content(), other.content());
    }

    /** Something in the bytes of a pack. */
    private record Packed(PackTables tables, int position) {}
}
