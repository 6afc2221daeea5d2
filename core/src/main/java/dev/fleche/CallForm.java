package dev.fleche;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call as it is serialised: its memo, its arguments and its context.
 *
 * @param version the version of the form
 * @param memo the memo
 * @param arguments the arguments, some of them perhaps by where they are stored
 * @param context the frozen context
 */
@SuppressWarnings("serial") // arguments are as serializable as what the user passes
record CallForm(int version, Memo<?> memo, List<@Nullable Object> arguments, Context context) implements Serializable {

    private static final long serialVersionUID = 1;

    CallForm {
        SerialForms.requireVersion(version);
        Objects.requireNonNull(memo, "memo");
        Objects.requireNonNull(context, "context");
        if (arguments.size() != memo.arity()) {
            throw new IllegalArgumentException("expected " + memo.arity() + " arguments of "
                    + memo.profile().label() + ", found " + arguments.size());
        }
    }

    static CallForm of(Memo<?> memo, @Nullable Object[] arguments, Context context) {
        return new CallForm(SerialForms.VERSION, memo, Arrays.asList(arguments), context);
    }

    private Object readResolve() {
        return new Call<>(memo, Arrays.copyOf(arguments.toArray(), memo.arity(), Object[].class), context);
    }
}
