package dev.fleche;

import dev.fleche.digest.Digester;
import dev.fleche.digest.UndigestibleException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way from the arguments that a caller passes to those that make a key.
 *
 * <p>The inputs of a function are what its reference captured, then what the caller passes. The plan says which of them
 * stay, and what becomes of each. Made once per function; immutable.
 */
final class ArgumentPlan {

    /** What becomes of an input. Called by several threads. */
    @FunctionalInterface
    interface Conversion {
        @Nullable
        Object convert(@Nullable Object value);
    }

    /**
     * An input that takes part in the key.
     *
     * @param name the name of its parameter, for records and messages
     * @param position its place among the inputs
     * @param type the declared type of its parameter
     * @param forKey what becomes of it for the key, or null if nothing
     * @param forRecord what then becomes of it for the call record, or null if nothing
     */
    record Input(
            String name,
            int position,
            Class<?> type,
            @Nullable Conversion forKey,
            @Nullable Conversion forRecord) {}

    /**
     * An input that must not be null.
     *
     * @param name the name of its parameter
     * @param position its place among the inputs
     */
    record Demand(String name, int position) {}

    private final String label;
    private final @Nullable Object[] captured;
    private final Input[] inputs;
    private final Demand[] demands;
    private final List<String> names;
    private final boolean keysAsPassed;
    private final boolean recordedAsKeyed;

    ArgumentPlan(String label, List<@Nullable Object> captured, int arity, List<Input> inputs, List<Demand> demands) {
        this.label = label;
        this.captured = captured.toArray();
        this.inputs = inputs.toArray(Input[]::new);
        this.demands = demands.toArray(Demand[]::new);
        this.names = inputs.stream().map(Input::name).toList();
        this.keysAsPassed = captured.isEmpty()
                && inputs.size() == arity
                && demands.isEmpty()
                && inputs.stream().allMatch(input -> input.forKey() == null);
        this.recordedAsKeyed = inputs.stream().allMatch(input -> input.forRecord() == null);
    }

    /** Returns the names of the inputs that take part, in order. */
    List<String> names() {
        return names;
    }

    /**
     * Returns what makes the key; {@code arguments} itself if nothing changes.
     *
     * @throws UndigestibleException if an input that is required is null
     */
    @Nullable
    Object[] keyArguments(@Nullable Object[] arguments) {
        if (keysAsPassed) {
            return arguments;
        }
        for (Demand demand : demands) {
            if (input(arguments, demand.position) == null) {
                throw new UndigestibleException("argument " + demand.name + " of " + label
                        + " is @Required and is null; the call is not cached");
            }
        }
        @Nullable Object[] arranged = new @Nullable Object[inputs.length];
        for (int i = 0; i < arranged.length; i++) {
            arranged[i] = converted(inputs[i].forKey, input(arguments, inputs[i].position));
        }
        return arranged;
    }

    /** Returns the captured values that take part in the key, in order. */
    List<@Nullable Object> keyCaptures() {
        List<@Nullable Object> captures = new ArrayList<>();
        for (Input input : inputs) {
            if (input.position < captured.length) {
                captures.add(converted(input.forKey, captured[input.position]));
            }
        }
        return captures;
    }

    /** Returns what is recorded of the result of {@link #keyArguments}; that itself if nothing changes. */
    @Nullable
    Object[] recordedArguments(@Nullable Object[] keyArguments) {
        if (recordedAsKeyed) {
            return keyArguments;
        }
        @Nullable Object[] recorded = new @Nullable Object[inputs.length];
        for (int i = 0; i < recorded.length; i++) {
            recorded[i] = converted(inputs[i].forRecord, keyArguments[i]);
        }
        return recorded;
    }

    /** Returns what makes the key, given what {@link #recordedArguments} returned for it. */
    @Nullable
    Object[] keyArgumentsOf(@Nullable Object[] recorded) {
        @Nullable Object[] arranged = recorded.clone();
        for (int i = 0; i < arranged.length; i++) {
            if (inputs[i].forRecord != null) {
                arranged[i] = converted(inputs[i].forKey, recorded[i]);
            }
        }
        return arranged;
    }

    /**
     * Returns what a caller would have passed, given what {@link #recordedArguments} returned for it; null if that
     * cannot be told, since an argument takes no part in the key or is converted for it.
     */
    @Nullable
    Object @Nullable [] passedArguments(@Nullable Object[] recorded, int arity) {
        @Nullable Object[] passed = new @Nullable Object[arity];
        int known = 0;
        for (int i = 0; i < recorded.length; i++) {
            int position = inputs[i].position - captured.length;
            if (position >= 0) {
                if (inputs[i].forKey != null && inputs[i].forRecord == null) {
                    return null;
                }
                passed[position] = recorded[i];
                known++;
            }
        }
        return known == arity ? passed : null;
    }

    /**
     * Checks that what the reference captured has digests: if not, no call would ever be cached.
     *
     * @throws IllegalArgumentException if a captured value that takes part has none
     */
    void requireDigestibleCaptures(Digester digester) {
        for (Input input : inputs) {
            if (input.position < captured.length) {
                requireDigestible(input, digester);
            }
        }
    }

    private void requireDigestible(Input input, Digester digester) {
        Object value = captured[input.position];
        try {
            digester.digest(converted(input.forKey, value));
        } catch (UndigestibleException e) {
            boolean receiver = input.name.equals("this");
            throw new IllegalArgumentException(
                    (receiver ? "the receiver of " : "what the lambda captured for ") + label + " has no digest: "
                            + e.getMessage() + "; "
                            + (receiver
                                    ? "leave it out by Option.ignoreReceiver() or @Ignored on its class, or give it"
                                    : "pass it as an argument that Option.ignore leaves out, or give it")
                            + " a digest as a record, by Digestible or by a DigestRule",
                    e);
        }
    }

    /** Returns the type of the parameter {@code name}; null if none of this name takes part. */
    @Nullable
    Class<?> typeOf(String name) {
        for (Input input : inputs) {
            if (input.name.equals(name)) {
                return input.type;
            }
        }
        return null;
    }

    /** Returns what makes the key of a value of the parameter's type, passed for {@code name}, which takes part. */
    @Nullable
    Object keyArgument(String name, @Nullable Object value) {
        for (Input input : inputs) {
            if (input.name.equals(name)) {
                return converted(input.forKey, value);
            }
        }
        throw new IllegalArgumentException("expected one of " + names + ", found " + name);
    }

    private static @Nullable Object converted(@Nullable Conversion conversion, @Nullable Object value) {
        return conversion == null ? value : conversion.convert(value);
    }

    /** Returns whether the reference captured something: a receiver first. */
    boolean hasCaptures() {
        return captured.length > 0;
    }

    /** Returns an input as it was captured or passed. */
    @Nullable
    Object input(@Nullable Object[] arguments, int position) {
        return position < captured.length ? captured[position] : arguments[position - captured.length];
    }
}
