package dev.fleche;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.Value;
import org.jspecify.annotations.Nullable;

/**
 * An argument that came encoded, until it is needed; package-private, so that no user's argument is one.
 *
 * <p>Decoded once: from then on, it is one object, as an argument of this process is. Safe for use by several threads.
 */
final class EncodedArgument {

    private @Nullable Value value;
    private @Nullable Object decoded;

    EncodedArgument(Value value) {
        this.value = value;
    }

    /** Returns the argument as it came, or null if it is decoded and may have been changed since. */
    synchronized @Nullable Value value() {
        return value;
    }

    /**
     * Returns the argument.
     *
     * @throws CodecException if it cannot be decoded, or is not of the parameter's type
     */
    synchronized @Nullable Object get(Memo<?> memo, int position) {
        if (value != null) {
            decoded = decode(value, memo, position);
            value = null;
        }
        return decoded;
    }

    private static @Nullable Object decode(Value value, Memo<?> memo, int position) {
        Profile profile = memo.profile();
        Class<?> type = profile.passedTypes().parameterType(position);
        Object argument;
        try {
            argument = Codecs.standard().decode(value, profile.context());
        } catch (CodecException e) {
            throw new CodecException(
                    "expected " + SentArguments.label(memo, position) + " as another process encoded it, found: "
                            + e.getMessage() + "; use the same version of the program in all processes",
                    e);
        }
        if (argument != null && !type.isInstance(argument)) {
            throw new CodecException("expected " + SentArguments.label(memo, position) + " to be a " + type.getName()
                    + ", found a " + argument.getClass().getName()
                    + "; use the same version of the program in all processes");
        }
        return argument;
    }
}
