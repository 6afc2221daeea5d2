package dev.fleche;

import dev.fleche.cache.KeyedCall;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.KeyDigests;
import dev.fleche.digest.UndigestibleException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call with the key that its arguments had at one moment. Not thread-safe; confined to one call. */
final class SealedCall {

    static final long MAX_RESULT_BYTES = Integer.MAX_VALUE;

    private final Profile profile;
    private final KeyDigests digests;
    private final @Nullable Object[] keyArguments;

    SealedCall(Profile profile, KeyDigests digests, @Nullable Object[] keyArguments) {
        this.profile = profile;
        this.digests = digests;
        this.keyArguments = keyArguments;
    }

    /**
     * Makes the key of the arguments as they are at this moment.
     *
     * @throws dev.fleche.digest.UndigestibleException if one has no digest
     */
    static SealedCall of(Profile profile, @Nullable Object[] arguments) {
        @Nullable Object[] keyArguments = profile.keyArguments(arguments);
        return new SealedCall(
                profile,
                Digester.standard().key(profile.functionDigest(), keyArguments, profile.argumentNames()),
                keyArguments);
    }

    Digest key() {
        return digests.key();
    }

    /** Returns what a cache is told of the call. */
    KeyedCall toKeyedCall(Map<String, String> tags, boolean replaces) {
        @Nullable Object[] recorded = profile.recordedArguments(keyArguments);
        List<KeyedCall.Argument> all = new ArrayList<>(recorded.length);
        for (int i = 0; i < recorded.length; i++) {
            Digest digest = digests.arguments().get(i);
            all.add(new KeyedCall.Argument(
                    profile.argumentNames().get(i),
                    recorded[i],
                    digest != null ? digest : Digester.standard().digest(keyArguments[i])));
        }
        return new KeyedCall(
                digests.key(),
                profile.id(),
                Optional.ofNullable(profile.version()),
                Optional.empty(),
                all,
                profile.context(),
                profile.argumentStoring().maxBytes(),
                tags,
                replaces);
    }

    /** Returns the digest of a result, if it has one. */
    static Optional<Digest> digestOf(@Nullable Object result) {
        try {
            return Optional.of(Digester.standard().digest(result));
        } catch (UndigestibleException e) {
            // A result need not have a digest to be stored.
            return Optional.empty();
        }
    }
}
