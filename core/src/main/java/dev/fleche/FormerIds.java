package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.StorageException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The entries that a function has under the ids that it had before it was renamed or moved. Stateless. */
final class FormerIds {

    private FormerIds() {}

    /**
     * Finds the result of the same call by the same code under a former id, and files it under the present one.
     *
     * <p>Anything wrong is a miss.
     *
     * @param sealed the call, of which there is no entry under the present id
     */
    static Lookup<@Nullable Object> find(Profile profile, Cache cache, SealedKey sealed) {
        for (FunctionId former : profile.settings().code().formerIds()) {
            Digest key = sealed.keyOf(profile.code().functionAs(former, sealed));
            if (cache.contains(key)
                    && isUnchanged(profile, sealed)
                    && cache.find(key, profile.context()) instanceof Lookup.Hit<@Nullable Object> hit) {
                file(profile, cache, sealed, key);
                return hit;
            }
        }
        return Lookup.absent();
    }

    /** Returns the present id, and then the former ones. */
    static List<FunctionId> all(Profile profile) {
        return Stream.concat(Stream.of(profile.id()), profile.settings().code().formerIds().stream())
                .distinct()
                .toList();
    }

    /** Returns whether there is an entry of the same call by the same code under a former id. */
    static boolean contains(Profile profile, Cache cache, SealedKey sealed) {
        return profile.settings().code().formerIds().stream()
                .anyMatch(former -> cache.contains(sealed.keyOf(profile.code().functionAs(former, sealed))));
    }

    /** Returns the record of the same call by the same code under a former id; null if there is none. */
    static @Nullable CallRecord record(Profile profile, Cache cache, SealedKey sealed) {
        for (FunctionId former : profile.settings().code().formerIds()) {
            Digest key = sealed.keyOf(profile.code().functionAs(former, sealed));
            if (cache.find(key, profile.context()) instanceof Lookup.Hit<@Nullable Object>) {
                try {
                    return cache.load(key, profile.context()).record();
                } catch (NotCachedException e) {
                    // evicted since
                    Trouble.LOGGER.log(Level.DEBUG, "the entry " + key + " went while it was read", e);
                }
            }
        }
        return null;
    }

    /**
     * Returns whether the arguments are as they were when the key was made.
     *
     * <p>Another key was made of them as they are: that is the same call only then.
     */
    static boolean isUnchanged(Profile profile, SealedKey sealed) {
        return sealed.keyOf(profile.code().functionAs(profile.id(), sealed)).equals(sealed.key());
    }

    private static void file(Profile profile, Cache cache, SealedKey sealed, Digest former) {
        try {
            CallRecord record = cache.load(former, profile.context()).record();
            cache.file(record.renamed(sealed.key(), profile.id()), profile.context(), false);
        } catch (NotCachedException | StorageException e) {
            // evicted since, or a view that is read-only: the result is good for this call all the same
            Trouble.LOGGER.log(Level.DEBUG, "an entry of " + profile.label() + " is not filed under its new id", e);
        }
    }
}
