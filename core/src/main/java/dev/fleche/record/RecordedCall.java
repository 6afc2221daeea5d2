package dev.fleche.record;

import dev.fleche.codec.CodecException;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.digest.FunctionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call that was recorded, with the means to load its arguments and its result.
 *
 * <p>A value is loaded and decoded each time it is asked for, and is the caller's own unless it is immutable. Two
 * recorded calls are equal when their keys are. Immutable; safe for use by several threads.
 *
 * @param <R> the type of the result
 */
public final class RecordedCall<R extends @Nullable Object> {

    private final CallRecord record;
    private final ValueLoader loader;
    private final TypeContext context;
    private final Function<@Nullable Object, ?> returned;

    /**
     * Creates a recorded call.
     *
     * @param record what was recorded
     * @param loader what loads the values that do not stand in the record
     * @param context the types that its values may have
     */
    public RecordedCall(CallRecord record, ValueLoader loader, TypeContext context) {
        this(record, loader, context, value -> value);
    }

    private RecordedCall(
            CallRecord record, ValueLoader loader, TypeContext context, Function<@Nullable Object, ?> returned) {
        this.returned = returned;
        this.record = Objects.requireNonNull(record, "record");
        this.loader = Objects.requireNonNull(loader, "loader");
        this.context = Objects.requireNonNull(context, "context");
    }

    /**
     * Returns this call with a {@link #result} made of the stored one, such as a completed future.
     *
     * @param function what makes it; texts and tables show the stored one
     */
    public RecordedCall<R> returning(Function<@Nullable Object, ?> function) {
        Objects.requireNonNull(function, "function");
        return new RecordedCall<>(record, loader, context, value -> function.apply(returned.apply(value)));
    }

    /** Returns this call with other types that its values may have. */
    public RecordedCall<R> in(TypeContext types) {
        return new RecordedCall<>(record, loader, Objects.requireNonNull(types, "types"), returned);
    }

    /** Returns what was recorded. */
    public CallRecord record() {
        return record;
    }

    /** Returns the key of the call. */
    public Digest key() {
        return record.key();
    }

    /** Returns the id of the function. */
    public FunctionId function() {
        return record.function();
    }

    /** Returns the version from the function's options, if it had one. */
    public Optional<String> version() {
        return record.version();
    }

    /** Returns when the body started. */
    public Instant start() {
        return record.start();
    }

    /** Returns when the body returned. */
    public Instant stop() {
        return record.stop();
    }

    /** Returns how long the body ran, by a monotonic clock. */
    public Duration wallTime() {
        return record.wallTime();
    }

    /** Returns the tags of the scope in which the call was made, by name. */
    public Map<String, String> tags() {
        return record.tags();
    }

    /**
     * Returns the recorded arguments by name, in the order of the parameters; a receiver is {@code this}.
     *
     * <p>The map cannot be changed. Names cost nothing; a value is loaded whenever it is asked for, and what cannot be
     * loaded throws {@link ValueUnavailableException} then. Arguments that took no part in the key are not recorded.
     * Its {@code toString} shows what cannot be loaded as {@code ?} and a value of more than a mebibyte by its size.
     */
    public Map<String, @Nullable Object> arguments() {
        return new ArgumentMap(this);
    }

    /**
     * Loads the argument {@code name}; may be null if the argument was.
     *
     * <p>The type is the caller's word: a wrong one is a {@link ClassCastException} where the argument is used. Blocks
     * on I/O if the value does not stand in the record.
     *
     * @param <T> the type of the argument
     * @throws IllegalArgumentException if no argument of that name is recorded
     * @throws ValueUnavailableException if it was not stored, is lost or damaged, or cannot be decoded
     */
    // null is a value of T, which the check does not see
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
    public <T extends @Nullable Object> T argument(String name) {
        Objects.requireNonNull(name, "name");
        return (T) load(find(name));
    }

    /**
     * Loads the argument at a position, counted from 0; a receiver is the first.
     *
     * @throws IndexOutOfBoundsException if there are not as many
     * @throws ValueUnavailableException if it was not stored, is lost or damaged, or cannot be decoded
     */
    public @Nullable Object argument(int position) {
        return load(record.arguments().get(position));
    }

    /**
     * Loads the result; may be null if the function returned it.
     *
     * <p>Blocks on I/O if the value does not stand in the record.
     *
     * @throws ValueUnavailableException if it is lost or damaged, or cannot be decoded
     */
    // null is a value of R, which the check does not see
    @SuppressWarnings({"unchecked", "NullAway"})
    public R result() {
        return (R) returned.apply(storedResult());
    }

    /** Loads the result as it was stored. */
    @Nullable
    Object storedResult() {
        return load(record.result(), null);
    }

    /** Loads an argument of this call. */
    @Nullable
    Object load(RecordedArgument argument) {
        return load(argument.value(), argument.name());
    }

    private RecordedArgument find(String name) {
        for (RecordedArgument argument : record.arguments()) {
            if (argument.name().equals(name)) {
                return argument;
            }
        }
        String names = record.arguments().stream().map(RecordedArgument::name).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("expected a recorded argument of " + record.function() + ", found \"" + name
                + "\"; " + (names.isEmpty() ? "it has none" : "it has " + names));
    }

    private @Nullable Object load(StoredValue stored, @Nullable String argument) {
        Value value;
        if (stored instanceof StoredValue.Inline inline) {
            value = inline.value();
        } else if (stored instanceof StoredValue.Separate separate) {
            value = load(separate, argument);
        } else {
            throw new ValueUnavailableException(record, argument, Lookup.Reason.ABSENT, "", null);
        }
        try {
            return Codecs.standard().decode(value, context);
        } catch (CodecException e) {
            String detail = Objects.requireNonNullElse(e.getMessage(), "");
            throw new ValueUnavailableException(record, argument, Lookup.Reason.UNDECODABLE, detail, e);
        }
    }

    private Value load(StoredValue.Separate separate, @Nullable String argument) {
        Lookup<Value> found = loader.load(separate.address());
        if (found instanceof Lookup.Hit<Value> hit) {
            return hit.value();
        }
        Lookup.Miss<Value> miss = (Lookup.Miss<Value>) found;
        Lookup.Reason reason = miss.reason() == Lookup.Reason.ABSENT ? Lookup.Reason.VALUE_LOST : miss.reason();
        throw new ValueUnavailableException(record, argument, reason, miss.detail(), null);
    }

    /** Returns whether {@code other} is a recorded call of the same key. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedCall<?> that && key().equals(that.key());
    }

    @Override
    public int hashCode() {
        return key().hashCode();
    }

    /** Returns function, key and start, for people to read; loads nothing. */
    @Override
    public String toString() {
        return record.function().shortName() + ", key " + record.key().prefix(12) + ", started " + record.start();
    }
}
