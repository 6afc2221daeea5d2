package dev.fleche;

import dev.fleche.cache.Cache;
import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Address;
import dev.fleche.record.Lookup;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** The arguments of a call that stand in its cache's value storage, and in the call by address alone. */
final class StoredArguments {

    private StoredArguments() {}

    /**
     * An argument by its address; package-private, so that no user's argument is one.
     *
     * @param hex the address, as text
     */
    record Stored(String hex) {

        Stored {
            Address.parse(hex);
        }
    }

    /**
     * Returns the arguments, each whose stored encoding has at least {@code minBytes} replaced by its address;
     * {@code arguments} itself if none is, or if the cache stores nothing now.
     */
    static @Nullable Object[] store(Memo<?> memo, Cache cache, @Nullable Object[] arguments, long minBytes) {
        @Nullable Object[] stored = arguments.clone();
        boolean changed = false;
        try {
            for (int i = 0; i < arguments.length; i++) {
                Value value = encoded(memo, i, arguments[i]);
                if (value != null && value.size() >= minBytes) {
                    stored[i] = new Stored(cache.storeValue(value).toString());
                    changed = true;
                }
            }
        } catch (Exception | LinkageError | StackOverflowError e) {
            // the plain call does the same, with larger messages
            Trouble.LOGGER.log(
                    Level.DEBUG,
                    "arguments of {0} are not stored: {1}",
                    memo.profile().label(),
                    e.getMessage());
            return arguments;
        }
        return changed ? stored : arguments;
    }

    private static @Nullable Value encoded(Memo<?> memo, int position, @Nullable Object argument) {
        if (argument == null || argument instanceof Stored) {
            return null;
        }
        Object plain = argument instanceof EncodedArgument encoded ? encoded.get(memo, position) : argument;
        try {
            return Codecs.standard().encode(plain, memo.profile().context(), Integer.MAX_VALUE);
        } catch (CodecException e) {
            // what has no encoding goes along as it is
            return null;
        }
    }

    /**
     * Returns the arguments themselves, loaded where they are stored and decoded where they came encoded;
     * {@code arguments} itself if none is.
     *
     * @throws LostArgumentException if one cannot be loaded
     * @throws CodecException if one cannot be decoded
     */
    static @Nullable Object[] load(Memo<?> memo, Cache cache, @Nullable Object[] arguments) {
        @Nullable Object @Nullable [] loaded = null;
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument instanceof Stored || argument instanceof EncodedArgument) {
                loaded = loaded == null ? arguments.clone() : loaded;
                loaded[i] = argument instanceof Stored stored
                        ? load(memo, cache, i, Address.parse(stored.hex()))
                        : ((EncodedArgument) argument).get(memo, i);
            }
        }
        return loaded == null ? arguments : loaded;
    }

    private static @Nullable Object load(Memo<?> memo, Cache cache, int position, Address address) {
        TypeContext types = memo.profile().context();
        Lookup<@Nullable Object> found = cache.findValue(address, types);
        if (found instanceof Lookup.Miss<@Nullable Object> miss) {
            throw new LostArgumentException(
                    memo.function(),
                    position,
                    address,
                    miss.reason() + (miss.detail().isEmpty() ? "" : ": " + miss.detail()));
        }
        return ((Lookup.Hit<@Nullable Object>) found).value();
    }
}
