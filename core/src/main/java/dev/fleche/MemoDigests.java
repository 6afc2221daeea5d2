package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.record.ValueDigests;
import org.jspecify.annotations.Nullable;

/**
 * The digests of arguments and results as the calls of one function record them.
 *
 * @param profile the function
 */
record MemoDigests(Profile profile) implements ValueDigests {

    @Override
    public Digest argument(String name, @Nullable Object value) {
        Class<?> type = profile.plan().typeOf(name);
        if (type == null) {
            throw new IllegalArgumentException("expected an argument in the key of " + profile.label() + ", found \""
                    + name + "\"; it has " + profile.argumentNames()
                    + "; what was recorded under an earlier name is found by argumentDigest");
        }
        Object passed = passed("argument " + name, type, value);
        return Digester.standard().digest(profile.plan().keyArgument(name, passed));
    }

    @Override
    public Digest result(@Nullable Object value) {
        return Digester.standard().digest(passed("the result", profile.context().resultType(), value));
    }

    private @Nullable Object passed(String what, Class<?> type, @Nullable Object value) {
        Object passed = value == null ? null : Widening.passed(value, type);
        if (value != null && passed == null) {
            throw new IllegalArgumentException("expected a " + type.getName() + " for " + what + " of "
                    + profile.label() + ", found a " + value.getClass().getName());
        }
        return passed;
    }
}
