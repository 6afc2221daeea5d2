package dev.fleche;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.storage.StorageException;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call that is not recorded, if other code of its function has computed it. Not thread-safe; confined
 * to one call.
 */
final class OtherCode {

    private final Profile profile;
    private final Cache cache;
    private final SealedKey sealed;
    private final CallCode present;

    private OtherCode(Profile profile, Cache cache, SealedKey sealed, CallCode present) {
        this.profile = profile;
        this.cache = cache;
        this.sealed = sealed;
        this.present = present;
    }

    /**
     * Finds the result to take over, if the function's settings say so.
     *
     * @throws CodeChangedException if they say that there must not be any
     * @throws StorageException in strict mode, if the records cannot be read
     */
    static Lookup<@Nullable Object> find(Profile profile, Cache cache, SealedKey sealed) {
        CodeChange choice = profile.settings().code().onChange();
        if (choice == CodeChange.RECOMPUTE) {
            if (profile.code().key() != CodeKey.NONE) {
                CodeNews.tellOnce(profile, cache, sealed);
            }
            return Lookup.absent();
        }
        CallCode present = sealed.reached();
        if (present == null) {
            return Lookup.absent();
        }
        try {
            return new OtherCode(profile, cache, sealed, present).find(choice);
        } catch (StorageException e) {
            Trouble.report(profile, Trouble.Cause.FIND, e);
            return Lookup.absent();
        }
    }

    private Lookup<@Nullable Object> find(CodeChange choice) {
        List<Digest> codes = codes();
        for (CallRecord record : records(codes)) {
            if (FormerIds.isUnchanged(profile, sealed)
                    && cache.find(record.key(), profile.context()) instanceof Lookup.Hit<@Nullable Object> hit) {
                return settled(choice, record, hit);
            }
        }
        return Lookup.absent();
    }

    /** Returns the codes to be tried, the one with the latest result first. */
    private List<Digest> codes() {
        // not all codes of the function: every set of argument classes has one, and each costs a digest
        Optional<String> version = Optional.ofNullable(profile.version());
        return FormerIds.all(profile).stream()
                .flatMap(id ->
                        StoredCodes.of(cache)
                                .of(new StoredCodes.Function(id, version), sealed.argumentDigests(), cache)
                                .stream())
                .map(StoredCodes.Code::digest)
                .filter(code -> Lookups.isOwnCode(profile, cache, code))
                .distinct()
                .toList();
    }

    /** Returns the records of the call, whatever entered their keys: those of the present code, then as codes come. */
    private List<CallRecord> records(List<Digest> codes) {
        Stream<Optional<Digest>> tried = Stream.concat(codes.stream().map(Optional::of), Stream.of(Optional.empty()));
        List<FunctionId> ids = FormerIds.all(profile);
        return tried.flatMap(code -> ids.stream().flatMap(id -> functions(id, code)))
                .distinct()
                .map(sealed::keyOf)
                .filter(key -> !key.equals(sealed.key()) && cache.contains(key))
                .flatMap(key -> Optional.ofNullable(record(key)).stream())
                .sorted(Comparator.comparing((CallRecord record) -> !isOfPresentCode(record))
                        .thenComparing(record -> place(codes, record)))
                .toList();
    }

    private Stream<Digest> functions(FunctionId id, Optional<Digest> code) {
        return profile.code().formerFunctions(id, code, known -> StoredManifests.find(cache, known)).stream();
    }

    private static int place(List<Digest> codes, CallRecord record) {
        int place = record.codeDigest().map(codes::indexOf).orElse(-1);
        return place < 0 ? codes.size() : place;
    }

    private boolean isOfPresentCode(CallRecord record) {
        return isOfPresentCode(profile, cache, present, record);
    }

    /** Returns whether a record is of the code that a call reaches, as far as that enters keys. */
    static boolean isOfPresentCode(Profile profile, Cache cache, @Nullable CallCode present, CallRecord record) {
        if (profile.code().key() == CodeKey.NONE) {
            return true;
        }
        Digest code = record.codeDigest().orElse(null);
        return code != null
                && present != null
                && (code.equals(present.digest())
                        || StoredManifests.find(cache, code)
                                .map(profile.code()::function)
                                .filter(present.function()::equals)
                                .isPresent());
    }

    private @Nullable CallRecord record(Digest key) {
        try {
            return cache.load(key, profile.context()).record();
        } catch (NotCachedException e) {
            // evicted since
            return null;
        }
    }

    private Lookup<@Nullable Object> settled(CodeChange choice, CallRecord record, Lookup.Hit<@Nullable Object> hit) {
        if (choice == CodeChange.FAIL && !isOfPresentCode(record)) {
            throw new CodeChangedException(message(record));
        }
        try {
            StoredManifests.store(cache, present);
            CallRecord adopted = record.adopted(sealed.key(), present.digest()).renamed(sealed.key(), profile.id());
            cache.file(adopted, profile.context(), false);
        } catch (StorageException e) {
            // as in a view that is read-only: the result is good for this call, and is looked for again by the next
            Trouble.LOGGER.log(Level.DEBUG, "an adopted result of " + profile.label() + " is not filed", e);
        }
        return hit;
    }

    private String message(CallRecord record) {
        String changes = record.codeDigest()
                .flatMap(code -> CodeComparison.between(
                        cache, code, Objects.requireNonNull(present).reached().all(), profile))
                .filter(list -> !list.isEmpty())
                .map(ExplanationText::list)
                .orElse("what changed is not known, for the list of the other code's parts is gone");
        return "the result of " + profile.label() + " for the key " + sealed.key() + " is there, computed by other code"
                + " under the key " + record.key() + " (" + changes + "); adopt it by memo.adopt(…) or"
                + " CodeChange.ADOPT if the change is harmless, or choose CodeChange.RECOMPUTE";
    }
}
