package dev.fleche.digest;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A maker of digests: of values, of functions, and of calls, whose digests are their keys.
 *
 * <p>A digest is the SHA-256 of a canonical encoding (docs/format.md). Two values have one digest only if no function
 * can tell them apart; digests are never coarser than {@code equals}, and never depend on the process. Safe for use by
 * several threads.
 */
public final class Digester {

    private static final int MAX_ARGUMENTS = 0xFFFF;
    private static final Digester STANDARD = new Digester(RuleProviders::load);

    private final WalkPool pool = new WalkPool();
    private final Rules rules;
    private List<FunctionReferences> functions = List.of();
    private volatile Encoders encoders;

    Digester(Supplier<List<DigestRule<?>>> providers) {
        rules = new Rules(providers);
        encoders = new Encoders(rules, functions, this);
    }

    /** Returns the digester of this process, which knows the rules of {@link java.util.ServiceLoader} providers. */
    public static Digester standard() {
        return STANDARD;
    }

    /**
     * Lets {@code rule} state the content of the values of its type, in digests made from this moment on.
     *
     * <p>Registering the same rule again changes nothing.
     *
     * @throws IllegalArgumentException if the encoding knows the type by itself, or the rule has no name
     * @throws IllegalStateException if another rule has been registered for the type or with the name
     */
    public void register(DigestRule<?> rule) {
        // not under our lock: this may load providers, which may come back to us
        rules.add(Objects.requireNonNull(rule, "rule"));
        renew(List.of());
    }

    /** Adds a way to recognise functions among values, in digests made from this moment on. */
    public void register(FunctionReferences functions) {
        renew(List.of(Objects.requireNonNull(functions, "functions")));
    }

    private synchronized void renew(List<FunctionReferences> added) {
        functions = Stream.concat(functions.stream(), added.stream()).toList();
        encoders = new Encoders(rules, functions, this);
    }

    /**
     * Returns the digest of {@code value}, which may be null.
     *
     * @throws UndigestibleException if it has none; the message names the place, the class and the remedy
     */
    public Digest digest(@Nullable Object value) {
        Walk walk = begin(List.of());
        try {
            walk.out.begin();
            walk.root(value);
            return end(walk);
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw walk.failure(e);
        }
    }

    /** Returns the digest of a function with its version and the digest of its code, where it has them. */
    public Digest function(FunctionId id, @Nullable String version, @Nullable Digest code) {
        Walk walk = begin(List.of());
        DigestWriter out = walk.out;
        out.begin(Tag.FUNCTION);
        out.putString(id.className());
        out.putString(id.methodName());
        out.putInt(id.parameterTypes().size());
        id.parameterTypes().forEach(out::putString);
        out.putByte(version != null ? 1 : 0);
        if (version != null) {
            out.putString(version);
        }
        out.putByte(code != null ? 1 : 0);
        if (code != null) {
            out.putDigest(code);
        }
        return end(walk);
    }

    /**
     * Returns the key of a call of a function whose code is known.
     *
     * @param function the {@linkplain #function digest of the function}
     * @throws UndigestibleException if an argument has no digest
     */
    public KeyDigests key(Digest function, @Nullable Object[] arguments) {
        return key(met -> function, arguments, List.of());
    }

    /**
     * Returns the key of a call.
     *
     * @param function the function, asked for its digest once the arguments are encoded; what it throws passes
     *     unchanged
     * @param names the arguments' names, for messages only; may be too few
     * @throws UndigestibleException if an argument has no digest
     */
    public KeyDigests key(KeyFunction function, @Nullable Object[] arguments, List<String> names) {
        if (arguments.length > MAX_ARGUMENTS) {
            throw new IllegalArgumentException("expected at most 65535 arguments, found " + arguments.length);
        }
        Walk walk = begin(names);
        Map<Integer, Digest> digests = arguments(walk, arguments);
        walk.out.putDigest(function.digest(walk.met()));
        return new KeyDigests(end(walk), digests);
    }

    private static Map<Integer, Digest> arguments(Walk walk, @Nullable Object[] arguments) {
        try {
            walk.out.begin(Tag.KEY);
            walk.out.putShort(arguments.length);
            Map<Integer, Digest> digests = Map.of();
            for (int i = 0; i < arguments.length; i++) {
                walk.argument(i);
                Digest digest = walk.child(arguments[i]);
                if (digest != null) {
                    digests = digests.isEmpty() ? new HashMap<>() : digests;
                    digests.put(i, digest);
                }
            }
            return digests;
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw walk.failure(e);
        }
    }

    private Walk begin(List<String> names) {
        Encoders current = encoders;
        Walk walk = pool.take(current);
        walk.begin(current, names);
        return walk;
    }

    private Digest end(Walk walk) {
        Digest digest = walk.out.finish();
        walk.end();
        pool.giveBack(walk);
        return digest;
    }
}
