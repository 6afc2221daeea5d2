package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.record.RecordFilter;
import dev.fleche.record.RecordedCall;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a memo answers without ever running the body. */
final class Lookups {

    private Lookups() {}

    static Digest digest(Memo<?> memo, @Nullable Object[] arguments) {
        return memo.profile().seal(arguments).key();
    }

    static boolean contains(Profile profile, Cache cache, @Nullable Object[] arguments) {
        SealedKey sealed = profile.seal(arguments);
        return cache.contains(sealed.key()) || FormerIds.contains(profile, cache, sealed);
    }

    /**
     * Finds the stored result ahead of a call that is made anyway if there is none.
     *
     * <p>Never throws and never warns: whatever is wrong is a miss, and comes up again when the call is made. So does a
     * record that is absent, which is therefore not asked for in the way that counts as a miss.
     */
    // only results of this function are filed under its keys; R says if null
    @SuppressWarnings({"unchecked", "NullAway"})
    static <R extends @Nullable Object> Lookup<R> find(Call<R> call) {
        try {
            Cache cache = call.cache();
            if (cache.isVoid()
                    || call.context().isRerun()
                    || Context.current().trial() != null
                    || call.context().trial() != null) {
                return Lookup.absent();
            }
            Profile profile = call.memo().profile();
            SealedKey sealed = profile.seal(call.arguments());
            Lookup<@Nullable Object> found = findStored(profile, cache, sealed);
            if (!(found instanceof Lookup.Hit<@Nullable Object> hit)) {
                return Lookup.absent();
            }
            if (Trouble.LOGGER.isLoggable(Level.TRACE)) {
                Digest key = sealed.key();
                Trouble.LOGGER.log(Level.TRACE, "hit {0} {1}: not submitted", profile.label(), key.prefix(12));
            }
            return Lookup.hit((R) profile.returned(hit.value()));
        } catch (Exception | LinkageError | StackOverflowError e) {
            // The call meets the same trouble, and reports it.
            return Lookup.absent();
        }
    }

    private static Lookup<@Nullable Object> findStored(Profile profile, Cache cache, SealedKey sealed) {
        return cache.contains(sealed.key())
                ? cache.find(sealed.key(), profile.context())
                : FormerIds.find(profile, cache, sealed);
    }

    // only results of this function are filed under its keys; R says if null
    @SuppressWarnings({"unchecked", "NullAway"})
    static <R extends @Nullable Object> R load(Memo<R> memo, Cache cache, @Nullable Object[] arguments) {
        SealedKey sealed = memo.profile().seal(arguments);
        Digest key = sealed.key();
        Lookup<@Nullable Object> found = cache.find(key, memo.profile().context());
        if (found instanceof Lookup.Miss<@Nullable Object> absent && absent.reason() == Lookup.Reason.ABSENT) {
            Lookup<@Nullable Object> former = FormerIds.find(memo.profile(), cache, sealed);
            found = former instanceof Lookup.Hit<@Nullable Object> ? former : found;
        }
        if (found instanceof Lookup.Miss<@Nullable Object> miss) {
            throw new NotCachedException("no usable result of " + memo.profile().label() + " has the key " + key + " ("
                    + miss.reason() + (miss.detail().isEmpty() ? "" : ": " + miss.detail()) + ")");
        }
        return (R) memo.profile().returned(((Lookup.Hit<@Nullable Object>) found).value());
    }

    /** Replaces each address among the arguments by the value that it names. */
    static @Nullable Object[] loadArguments(Memo<?> memo, @Nullable Object[] arguments) {
        if (arguments.length != memo.arity()) {
            throw new IllegalArgumentException("expected " + memo.arity() + " arguments of "
                    + memo.profile().label() + ", found " + arguments.length);
        }
        @Nullable Object[] loaded = arguments.clone();
        for (int i = 0; i < loaded.length; i++) {
            if (arguments[i] instanceof Address address) {
                loaded[i] = loadValue(memo, address);
            }
        }
        return loaded;
    }

    private static @Nullable Object loadValue(Memo<?> memo, Address address) {
        Lookup<@Nullable Object> found =
                memo.activeCache().findValue(address, memo.profile().context());
        if (found instanceof Lookup.Miss<@Nullable Object> miss) {
            throw new IllegalArgumentException("expected the address of a stored value, found " + address + " ("
                    + miss.reason() + (miss.detail().isEmpty() ? "" : ": " + miss.detail())
                    + "); pass the value itself, or an address from a record of the active cache");
        }
        return ((Lookup.Hit<@Nullable Object>) found).value();
    }

    @SuppressWarnings("unchecked") // only results of this function are filed under its id
    static <R extends @Nullable Object> Query<R> query(Memo<R> memo) {
        Profile profile = memo.profile();
        Cache cache = memo.activeCache();
        profile.learnTypes();
        Query<Object> ours = cache.query(profile.context())
                .select(selection(profile))
                .filter(call -> isOf(profile, call) && isOfLambda(profile, cache, call));
        Query<Object> typed = profile.future() == null ? ours : ours.each(call -> call.returning(profile::returned));
        return (Query<R>) typed.digestedBy(new MemoDigests(profile)).judgedBy(call -> CodeJudge.isStale(profile, call));
    }

    /** Returns what a storage can select of the calls of a function: not that they have no version, nor whose code. */
    private static RecordFilter selection(Profile profile) {
        RecordFilter ofFunction = RecordFilter.ALL.withFunction(profile.id());
        String version = profile.version();
        return version == null ? ofFunction : ofFunction.withVersion(version);
    }

    /** Returns the calls of a function of any version, under its present id and the former ones. */
    static Query<Object> underAnyId(Profile profile, Cache cache) {
        List<FunctionId> ids = FormerIds.all(profile);
        Query<Object> all = cache.query(profile.context());
        // to ask for each id apart would read a directory of files as often
        return ids.size() == 1 ? all.function(profile.id()) : all.filter(call -> ids.contains(call.function()));
    }

    /** Lambdas without a name share their id: the code tells whose call it is. */
    static boolean isOfLambda(Profile profile, Cache cache, RecordedCall<?> call) {
        return !profile.code().isNameless()
                || call.record()
                        .codeDigest()
                        .filter(code -> isOwnCode(profile, cache, code))
                        .isPresent();
    }

    /** Returns whether a code that a function of this id has is the function's own, be it in an earlier form. */
    static boolean isOwnCode(Profile profile, Cache cache, Digest code) {
        return !profile.code().isNameless()
                || StoredManifests.find(cache, code)
                        .filter(profile.code()::isOwn)
                        .isPresent();
    }

    static boolean isOf(Profile profile, RecordedCall<?> call) {
        return call.function().equals(profile.id()) && isOfVersion(profile, call);
    }

    static boolean isOfVersion(Profile profile, RecordedCall<?> call) {
        return call.record().version().equals(Optional.ofNullable(profile.version()));
    }
}
