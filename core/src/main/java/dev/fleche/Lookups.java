package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.record.CallRecord;
import dev.fleche.record.Lookup;
import dev.fleche.record.Query;
import dev.fleche.record.RecordedCall;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a memo answers without ever running the body. */
final class Lookups {

    private Lookups() {}

    static Digest digest(Memo<?> memo, @Nullable Object[] arguments) {
        Profile profile = memo.profile();
        return Digester.standard()
                .key(profile.functionDigest(), profile.keyArguments(arguments), profile.argumentNames())
                .key();
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
            if (cache.isVoid() || call.context().isRerun()) {
                return Lookup.absent();
            }
            Profile profile = call.memo().profile();
            Digest key = digest(call.memo(), call.arguments());
            if (!cache.contains(key)
                    || !(cache.find(key, profile.context()) instanceof Lookup.Hit<@Nullable Object> hit)) {
                return Lookup.absent();
            }
            if (Trouble.LOGGER.isLoggable(Level.TRACE)) {
                Trouble.LOGGER.log(Level.TRACE, "hit {0} {1}: not submitted", profile.label(), key.prefix(12));
            }
            return Lookup.hit((R) profile.returned(hit.value()));
        } catch (Exception | LinkageError | StackOverflowError e) {
            // The call meets the same trouble, and reports it.
            return Lookup.absent();
        }
    }

    // only results of this function are filed under its keys; R says if null
    @SuppressWarnings({"unchecked", "NullAway"})
    static <R extends @Nullable Object> R load(Memo<R> memo, Cache cache, @Nullable Object[] arguments) {
        Digest key = digest(memo, arguments);
        Lookup<@Nullable Object> found = cache.find(key, memo.profile().context());
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
        Query<Object> all = cache.query(profile.context());
        Query<Object> ours = all.filter(call -> isOf(profile, call));
        return (Query<R>) (profile.future() == null ? ours : Query.of(() -> yielding(profile, ours.stream())));
    }

    private static Stream<RecordedCall<Object>> yielding(Profile profile, Stream<RecordedCall<Object>> calls) {
        return calls.map(call -> call.returning(profile::returned));
    }

    private static boolean isOf(Profile profile, RecordedCall<?> call) {
        CallRecord record = call.record();
        return record.function().equals(profile.id())
                && record.version().equals(Optional.ofNullable(profile.version()));
    }
}
