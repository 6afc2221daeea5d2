package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.digest.Digest;
import dev.fleche.digest.KeyFunction;
import dev.fleche.digest.MetCode;
import dev.fleche.digest.UndigestibleException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A function in one call: its code depends on what the arguments bring along.
 *
 * <p>Not thread-safe; confined to one call, which may hand it from thread to thread.
 */
final class CodeInCall implements KeyFunction {

    private final CodeIdentity identity;
    private final @Nullable Class<?> receiver;
    private MetCode met = MetCode.NONE;
    private @Nullable CallCode code;

    /**
     * Creates the function in a call.
     *
     * @param receiver the class of the receiver; null if there is none
     */
    CodeInCall(CodeIdentity identity, @Nullable Class<?> receiver) {
        this.identity = identity;
        this.receiver = receiver;
    }

    @Override
    public Digest digest(MetCode met) {
        if (identity.key() == CodeKey.NONE) {
            // asked for when the call is recorded: a hit needs none
            this.met = met.isEmpty() ? met : new MetCode(Set.copyOf(met.classes()), Set.copyOf(met.functions()));
            return identity.withoutCode();
        }
        CallCode found = identity.code(receiver, met);
        code = found;
        return found.function();
    }

    /** Returns whether the code that is in the key is the code that runs. */
    boolean isLoaded() {
        return identity.key() == CodeKey.NONE || identity.isLoaded(code());
    }

    /**
     * Returns the code that the call reaches, once the key is made.
     *
     * @throws UndigestibleException if the key holds none and the code cannot be analysed
     */
    CallCode code() {
        CallCode found = code;
        if (found == null) {
            found = identity.code(receiver, met);
            code = found;
        }
        return found;
    }
}
