package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.code.CodeManifest;
import dev.fleche.code.FunctionCode;
import dev.fleche.code.FunctionCodes;
import dev.fleche.code.ReachedCode;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.digest.FunctionId;
import dev.fleche.digest.MetCode;
import dev.fleche.digest.UndigestibleException;
import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a function is in keys: its id, its version, and as much of its code as its settings say.
 *
 * <p>Class files are read when the code is asked for the first time, not before. Safe for use by several threads.
 */
final class CodeIdentity {

    /** The length of a digest in a manifest; anything shorter says why there is no text. */
    private static final int HEX = 2 * Digest.BYTES;

    private final FunctionId id;
    private final @Nullable String version;
    private final CodeKey key;
    private final boolean isNameless;
    private final FunctionCode.Scope scope;
    private final Digest withoutCode;
    private final KnownCode known = new KnownCode();
    private final ConcurrentMap<Digest, Boolean> loaded = new ConcurrentHashMap<>();
    private final Function<FunctionCode.Scope, FunctionCode> analyser;
    private volatile @Nullable FunctionCode analysis;

    /**
     * Creates the identity of a function.
     *
     * @param isNameless whether it is a lambda that nothing but its code tells from others
     */
    CodeIdentity(
            FunctionId id, @Nullable String version, CodeSettings settings, Executable executable, boolean isNameless) {
        this(id, version, settings, executable, isNameless, FunctionCodes::of);
    }

    /** Creates the identity of a function whose code is analysed in a way of the caller's. */
    CodeIdentity(
            FunctionId id,
            @Nullable String version,
            CodeSettings settings,
            Executable executable,
            boolean isNameless,
            Function<FunctionCode.Scope, FunctionCode> analyser) {
        this.id = id;
        this.version = version;
        this.key = settings.key();
        this.isNameless = isNameless;
        this.analyser = analyser;
        this.scope =
                new FunctionCode.Scope(executable, settings.dependencies(), settings.userCode(), settings.libraries());
        this.withoutCode = Digester.standard().function(id, version, null);
    }

    /** Returns the function's id. */
    FunctionId id() {
        return id;
    }

    /** Returns the version that enters keys, or null. */
    @Nullable
    String version() {
        return version;
    }

    /** Returns how much of the code enters keys. */
    CodeKey key() {
        return key;
    }

    /** Returns whether the function is a lambda that nothing but its code tells from others of its id. */
    boolean isNameless() {
        return isNameless;
    }

    /** Returns the digest of the function by id and version alone. */
    Digest withoutCode() {
        return withoutCode;
    }

    /** Returns the method behind the function. */
    Executable method() {
        return scope.executable();
    }

    /** Returns the method behind the function, if all code counts that it reaches. */
    @Nullable
    Executable root() {
        return key == CodeKey.TRANSITIVE ? scope.executable() : null;
    }

    /**
     * Returns the code that calls reach.
     *
     * @param receiver the class of the receiver; null if there is none
     * @param met what was met among the arguments
     * @throws UndigestibleException if the code cannot be analysed, or does not tell a lambda from others
     */
    CallCode code(@Nullable Class<?> receiver, MetCode met) {
        CallCode found = known.find(receiver, met);
        return found != null ? found : known.add(receiver, met, analysed(receiver, met));
    }

    /**
     * Returns whether the code that a call reaches is the code that runs; loads its classes the first time.
     *
     * <p>What keys do without does not matter.
     */
    boolean isLoaded(CallCode code) {
        return key == CodeKey.NONE
                || loaded.computeIfAbsent(code.digest(), any -> analysis().isLoaded(code.reached()));
    }

    /** Returns the digest of what of the code enters keys; null if nothing does. */
    @Nullable
    Digest keyed(@Nullable Class<?> receiver, MetCode met) {
        return key == CodeKey.NONE ? null : keyed(code(receiver, met).reached());
    }

    /** Returns the digest of the function in a call, had it another id. */
    Digest functionAs(FunctionId other, SealedKey call) {
        Digest entering = key == CodeKey.NONE ? null : keyed(call.code().code().reached());
        return Digester.standard().function(other, version, entering);
    }

    /**
     * Returns the digest of the function as it entered the keys of calls that reached what a manifest lists.
     *
     * @param former the manifest to which the code digest of a record leads
     */
    Digest function(CodeManifest former) {
        return functionAs(id, former);
    }

    /** Returns what {@link #function(CodeManifest)} does, had the function another id. */
    Digest functionAs(FunctionId other, CodeManifest former) {
        Digest entering = switch (key) {
            case TRANSITIVE -> CallCode.digest(former);
            case METHOD -> CallCode.digest(rootOf(former));
            case NONE -> null;
        };
        return Digester.standard().function(other, version, entering);
    }

    /**
     * Returns the digests of the function that keys of calls with a code hold, by each choice of what enters them.
     *
     * @param as the id, or a former one
     * @param code the code digest of a record, if it has one
     * @param manifests leads from it to the manifest
     */
    List<Digest> formerFunctions(
            FunctionId as, Optional<Digest> code, Function<Digest, Optional<CodeManifest>> manifests) {
        List<Digest> functions = new ArrayList<>();
        code.ifPresent(all -> {
            functions.add(Digester.standard().function(as, version, all));
            if (!isNameless) {
                manifests
                        .apply(all)
                        .map(former -> Digester.standard().function(as, version, CallCode.digest(rootOf(former))))
                        .ifPresent(functions::add);
            }
        });
        if (!isNameless) {
            // what stands under id and version alone may be another lambda's
            functions.add(Digester.standard().function(as, version, null));
        }
        return functions;
    }

    /** Returns the function's own method alone: what METHOD enters into keys, but for methods without a text. */
    private static CodeManifest rootOf(CodeManifest all) {
        return new CodeManifest(all.entries().stream()
                .filter(entry -> entry.kind() == CodeManifest.Kind.ROOT)
                .toList());
    }

    /** Returns whether a manifest lists the code of this function, which may reach other code than its calls do now. */
    boolean isOwn(CodeManifest manifest) {
        return rootOf(manifest).equals(rootOf(code(null, MetCode.NONE).reached().all()));
    }

    private CallCode analysed(@Nullable Class<?> receiver, MetCode met) {
        ReachedCode reached;
        try {
            reached = analysis().reached(receiver, met);
        } catch (Exception | LinkageError | StackOverflowError e) {
            throw new UndigestibleException(
                    "the code of " + id.shortName() + " cannot be analysed: " + e
                            + "; choose CodeKey.NONE and state a version for it to be cached",
                    e);
        }
        requireText(reached);
        Trouble.tellOfCode(id, reached, key);
        Digest entering = keyed(reached);
        Digest function = entering == null ? withoutCode : Digester.standard().function(id, version, entering);
        return new CallCode(reached, CallCode.digest(reached.all()), function);
    }

    private FunctionCode analysis() {
        FunctionCode found = analysis;
        if (found == null) {
            found = analyser.apply(scope);
            analysis = found;
        }
        return found;
    }

    private @Nullable Digest keyed(ReachedCode reached) {
        return switch (key) {
            case TRANSITIVE -> CallCode.digest(reached.all());
            case METHOD -> CallCode.digest(reached.own());
            case NONE -> null;
        };
    }

    /** Two lambdas of one class whose class file cannot be read would look alike. */
    private void requireText(ReachedCode reached) {
        if (isNameless && !hasText(reached.own().entries())) {
            throw new UndigestibleException("the lambda " + id.shortName() + " has no name, and its code, which would"
                    + " tell it from others, cannot be read" + why(reached.warnings())
                    + "; write it as a method and pass Type::method, or name it by Option.name(\"…\")");
        }
    }

    private static boolean hasText(List<CodeManifest.Entry> entries) {
        return entries.stream()
                .anyMatch(entry -> entry.kind() == CodeManifest.Kind.ROOT
                        && entry.content().length() == HEX);
    }

    private static String why(List<String> warnings) {
        return warnings.isEmpty() ? "" : " (" + String.join("; ", warnings) + ")";
    }
}
