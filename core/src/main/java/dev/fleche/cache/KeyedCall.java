package dev.fleche.cache;

import dev.fleche.codec.TypeContext;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call as a cache sees it: its key, what the key was made of, and what is to be recorded with it.
 *
 * @param key the key
 * @param function the function's id
 * @param version the version from the function's options
 * @param codeDigest the digest of the function's code
 * @param arguments the arguments that took part in the key, in their order
 * @param context the types that the stored values may contain
 * @param maxArgumentBytes the largest argument, in bytes of its stored encoding, whose value is stored
 * @param tags the tags of the scope
 * @param replaces whether the commit replaces a record that is there even if it is sound: a rerun
 */
public record KeyedCall(
        Digest key,
        FunctionId function,
        Optional<String> version,
        Optional<Digest> codeDigest,
        List<Argument> arguments,
        TypeContext context,
        long maxArgumentBytes,
        Map<String, String> tags,
        boolean replaces) {

    /**
     * An argument that took part in the key.
     *
     * @param name the parameter's name
     * @param value the argument to store
     * @param digest its digest as it entered the key
     */
    public record Argument(String name, @Nullable Object value, Digest digest) {}
}
