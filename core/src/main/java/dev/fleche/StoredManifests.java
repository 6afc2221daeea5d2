package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.SingleFlight;
import dev.fleche.code.CodeManifest;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.record.Lookup;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The manifests in caches, to which the code digests of records lead.
 *
 * <p>Each is stored once in a store and process. One that is lost costs an explanation, never a result. Safe for use by
 * several threads.
 */
final class StoredManifests {

    /** A bound, beyond which they are stored again, which writes nothing where they are. */
    private static final int MAX_REMEMBERED = 10_000;

    private static final Map<SingleFlight, Set<Digest>> STORED = new WeakHashMap<>();

    private StoredManifests() {}

    /** Stores the manifest of {@code code}, unless this process has done so before. Never throws for trouble. */
    static void store(Cache cache, CallCode code) {
        try {
            Set<Digest> stored = storedIn(cache);
            if (!stored.contains(code.digest())) {
                cache.storeValue(CallCode.value(code.reached().all()));
                stored.add(code.digest());
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            // the record itself goes the same way and reports what is wrong there
            Trouble.LOGGER.log(Level.DEBUG, "the manifest of the code " + code.digest() + " is not stored", e);
        }
    }

    private static Set<Digest> storedIn(Cache cache) {
        synchronized (STORED) {
            Set<Digest> stored = STORED.computeIfAbsent(
                    // one object for all views of a store
                    cache.flights().withoutLocks(), any -> ConcurrentHashMap.newKeySet());
            if (stored.size() >= MAX_REMEMBERED) {
                stored.clear();
            }
            return stored;
        }
    }

    /** Returns the manifest to which the code digest of a record leads; empty if it is lost or damaged. */
    static Optional<CodeManifest> find(Cache cache, Digest codeDigest) {
        Lookup<@Nullable Object> found = cache.findValue(new Address(codeDigest), CallCode.manifestContext());
        return found instanceof Lookup.Hit<@Nullable Object> hit ? CallCode.manifest(hit.value()) : Optional.empty();
    }
}
