package dev.fleche.code;

import dev.fleche.code.CodeManifest.Entry;
import dev.fleche.code.CodeManifest.Kind;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A difference between the code that a function reaches and what it reached before. Immutable.
 *
 * @param kind the kind of the part
 * @param name its name; empty for the function's own method
 * @param before its former content; null if it was not reached
 * @param after its present content; null if it is no longer reached
 */
public record Difference(
        Kind kind,
        String name,
        @Nullable String before,
        @Nullable String after) {

    private static final int SHA_256_HEX = 64;
    private static final int SHORT_HEX = 12;

    static Optional<Difference> of(@Nullable Entry present, @Nullable Entry former) {
        Entry any = present == null ? former : present;
        if (any == null
                || (present != null && former != null && present.content().equals(former.content()))) {
            return Optional.empty();
        }
        return Optional.of(new Difference(
                any.kind(),
                any.name(),
                former == null ? null : former.content(),
                present == null ? null : present.content()));
    }

    /** Returns whether the part was there before and still is. */
    public boolean isChange() {
        return before != null && after != null;
    }

    /** Returns the difference in a few words, as {@code Lattice.energy(double) changed}. */
    @Override
    public String toString() {
        return switch (kind) {
            case ROOT -> "the function's own code changed";
            case METHOD -> ReadableNames.shortMethod(name) + verb("changed");
            case CLASS ->
                isChange()
                        ? "the supertypes of " + ReadableNames.simple(name) + " changed"
                        : ReadableNames.simple(name) + verb("changed");
            case CONSTANT -> ReadableNames.shortMethod(name) + contents();
            case LIBRARY -> name + contents();
            case OPAQUE -> name + ", which cannot be looked into," + verb("changed");
        };
    }

    private String verb(String changed) {
        return " " + (isChange() ? changed : before == null ? "is reached now" : "is no longer reached");
    }

    private String contents() {
        if (before == null || after == null) {
            return verb("changed");
        }
        return " " + brief(before) + " → " + brief(after);
    }

    private static String brief(String content) {
        return content.length() == SHA_256_HEX ? content.substring(0, SHORT_HEX) : content;
    }
}
