package dev.fleche.digest;

import java.lang.reflect.Executable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function met as a value: what of it enters a digest.
 *
 * @param id the function's id
 * @param version the version from its options, or null
 * @param code its code
 * @param root the method behind it, if all code counts that it reaches: what it calls may be of a class that another
 *     argument brings, or the function that it is passed to
 * @param captured the values that it captured, its receiver among them; any of them may be null
 */
public record FunctionReference(
        FunctionId id,
        @Nullable String version,
        Code code,
        @Nullable Executable root,
        List<@Nullable Object> captured) {

    /** The code of a function, which depends on what it works with. */
    @FunctionalInterface
    public interface Code {

        /** No code: id and version alone say what the function does. */
        Code NONE = met -> null;

        /**
         * Returns the digest of the code, or null if it does not count.
         *
         * @param met what was met among the captured values
         */
        @Nullable
        Digest digest(MetCode met);
    }
}
