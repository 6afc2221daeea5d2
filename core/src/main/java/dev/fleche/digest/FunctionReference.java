package dev.fleche.digest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function met as a value: what of it enters a digest.
 *
 * @param id the function's id
 * @param version the version from its options, or null
 * @param code the digest of its code, or null
 * @param captured the values that it captured, its receiver among them; any of them may be null
 */
public record FunctionReference(
        FunctionId id, @Nullable String version, @Nullable Digest code, List<@Nullable Object> captured) {}
