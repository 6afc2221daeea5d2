package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.UndigestibleException;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.RecordedCall;
import dev.fleche.record.ValueUnavailableException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of recorded calls, as a function of this program takes them. */
final class RecordedInputs {

    private RecordedInputs() {}

    /**
     * Returns the arguments of {@code call} that make its key; null if one of them is not stored, or is another by now,
     * as the content of a file may be.
     */
    static @Nullable Object @Nullable [] keyArguments(Profile profile, RecordedCall<?> call) {
        List<RecordedArgument> arguments = call.record().arguments();
        List<@Nullable Object> captures = profile.keyCaptures();
        if (arguments.size() != profile.argumentNames().size()) {
            return null;
        }
        RecordedCall<?> typed = call.in(profile.context());
        @Nullable Object[] values = new @Nullable Object[arguments.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                boolean own = i < captures.size() && has(captures.get(i), arguments.get(i));
                values[i] = own ? captures.get(i) : typed.argument(i);
            }
        } catch (ValueUnavailableException e) {
            // known by its digest alone
            return null;
        }
        @Nullable Object[] keyArguments = profile.keyArgumentsOf(values);
        for (int i = 0; i < keyArguments.length; i++) {
            if (!has(keyArguments[i], arguments.get(i))) {
                return null;
            }
        }
        return keyArguments;
    }

    private static boolean has(@Nullable Object value, RecordedArgument argument) {
        Digest digest;
        try {
            digest = Digester.standard().digest(value);
        } catch (UndigestibleException e) {
            // a file that is gone: whatever was recorded, it is not this
            return false;
        }
        return digest.equals(argument.digest());
    }

    /**
     * Returns what a caller would have to pass for the arguments that {@link #keyArguments} returned; null if that is
     * not known, or if the function captured something else.
     */
    static @Nullable Object @Nullable [] passedArguments(Memo<?> memo, RecordedCall<?> call, @Nullable Object[] key) {
        Profile profile = memo.profile();
        return hasCaptures(profile, call)
                ? profile.passedArguments(profile.recordedArguments(key), memo.arity())
                : null;
    }

    /** Returns whether a call of the function's id is of what the function captured, as its receiver. */
    static boolean hasCaptures(Profile profile, RecordedCall<?> call) {
        List<@Nullable Object> captures = profile.keyCaptures();
        List<RecordedArgument> arguments = call.record().arguments();
        if (arguments.size() < captures.size()) {
            return false;
        }
        for (int i = 0; i < captures.size(); i++) {
            if (!has(captures.get(i), arguments.get(i))) {
                return false;
            }
        }
        return true;
    }
}
