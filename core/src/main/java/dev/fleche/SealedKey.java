package dev.fleche;

import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.KeyDigests;
import dev.fleche.digest.UndigestibleException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a call, and what it was made of.
 *
 * @param arguments the arguments that make the key
 * @param digests the key and digests of arguments
 * @param code the function in the call
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record SealedKey(@Nullable Object[] arguments, KeyDigests digests, CodeInCall code) {

    /** Returns the digests of all arguments. */
    List<Digest> argumentDigests() {
        List<Digest> all = new ArrayList<>(arguments.length);
        for (int i = 0; i < arguments.length; i++) {
            Digest known = digests.arguments().get(i);
            all.add(known != null ? known : Digester.standard().digest(arguments[i]));
        }
        return all;
    }

    /** Returns the code that the call reaches; null if its key does without it and it cannot be had. */
    @Nullable
    CallCode reached() {
        try {
            return code.code();
        } catch (UndigestibleException e) {
            // CodeKey.NONE, whose records do without it too
            Trouble.LOGGER.log(Level.DEBUG, "the code that a call reaches cannot be told", e);
            return null;
        }
    }

    /** Returns the key that the arguments, as they are now, make with another function. */
    Digest keyOf(Digest function) {
        return Digester.standard().key(function, arguments).key();
    }

    /** Returns the key. */
    Digest key() {
        return digests.key();
    }
}
