package dev.fleche;

import dev.fleche.annotation.CodeKey;
import dev.fleche.code.FunctionCodes;
import dev.fleche.codec.TypeContext;
import dev.fleche.digest.Digester;
import dev.fleche.digest.FunctionId;
import dev.fleche.digest.FunctionReference;
import dev.fleche.digest.MetCode;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a function before its first call: its identity, and how its calls are keyed and stored.
 *
 * <p>Made once per memo. A reference that names a method of a superclass or interface has the id and the annotations of
 * that method, whatever overrides it: the class of the receiver is part of the receiver's digest. Immutable.
 */
final class Profile {

    private final FunctionId id;
    private final Settings settings;
    private final CodeIdentity code;
    private final boolean hasReceiver;
    private final ArgumentPlan plan;
    private final ValueTypes types;
    private final @Nullable FutureType future;
    private final Type resultType;
    private final MethodType passedTypes;

    private final CodeJudge.Verdicts verdicts = new CodeJudge.Verdicts();

    /** Made when a memo is sent for the first time. */
    private final AtomicReference<@Nullable FunctionForm> form = new AtomicReference<>();

    private Profile(FunctionId id, Settings settings, Reference reference) {
        Reference.Target target = reference.target();
        this.id = id;
        this.settings = settings;
        Type declared = resultType(target);
        ResultTypes.check(declared, settings.pathsByName(), label());
        this.future = FutureType.of(declared);
        this.resultType = future == null ? declared : FutureType.content(declared);
        this.plan = ArgumentPlanner.plan(reference, settings, label());
        this.passedTypes = target.instantiated();
        this.hasReceiver = target.hasReceiver() && !target.isLambda();
        this.types = new ValueTypes(target.loader(), resultType, stored(target), types(reference), settings.allowed());
        // without code in the key, a result is looked up before the code is known
        boolean listens = settings.code().key() != CodeKey.NONE;
        this.code = new CodeIdentity(
                id,
                settings.version(),
                settings.code(),
                target.executable(),
                target.isLambda() && settings.name() == null,
                scope -> listens ? types.listening(FunctionCodes.of(scope)) : FunctionCodes.of(scope));
    }

    /**
     * Returns the profile of {@code function}.
     *
     * @param function a method reference or a lambda
     * @param arity the number of its arguments
     * @throws IllegalArgumentException if the function, its result type or an option is refused
     * @throws IllegalStateException if another function has its id
     */
    static Profile of(@Nullable Serializable function, int arity, Option... options) {
        Reference reference = Reference.of(function);
        Executable executable = reference.target().executable();
        return of(reference, arity, Settings.of(executable, options));
    }

    /**
     * Returns the profile of {@code function} with settings that are complete: those of a memo that was serialised.
     *
     * @throws IllegalArgumentException if the function or a setting is refused
     * @throws IllegalStateException if another function has its id
     */
    static Profile of(Serializable function, int arity, Settings settings) {
        return of(Reference.of(function), arity, settings);
    }

    private static Profile of(Reference reference, int arity, Settings settings) {
        Reference.Target target = reference.target();
        requireInterface(target, "dev.fleche.Fn" + arity);
        Class<?> owner = owner(target, settings);
        Profile profile = new Profile(target.id(owner, settings.name()), settings, reference);
        profile.plan.requireDigestibleCaptures(Digester.standard());
        if (profile.code.isNameless()) {
            Claims.claimNameless(owner, profile.id);
        } else {
            Claims.claim(owner, profile.id, target.executable());
        }
        CodeJudge.declare(profile);
        return profile;
    }

    /** Returns the function's id. */
    FunctionId id() {
        return id;
    }

    /** Returns the settings. */
    Settings settings() {
        return settings;
    }

    /** Returns the version that enters the key, or null. */
    @Nullable
    String version() {
        return settings.version();
    }

    /** Returns what the function is in keys. */
    CodeIdentity code() {
        return code;
    }

    /**
     * Makes the key of a call with the arguments as they are at this moment.
     *
     * @throws UndigestibleException if an argument has no digest, or the code cannot be analysed
     */
    SealedKey seal(@Nullable Object[] arguments) {
        CodeInCall called = new CodeInCall(code, hasReceiver ? classOf(plan.input(arguments, 0)) : null);
        @Nullable Object[] keyArguments = keyArguments(arguments);
        return new SealedKey(keyArguments, Digester.standard().key(called, keyArguments, plan.names()), called);
    }

    /**
     * Makes the key of a call with arguments that make keys already.
     *
     * @throws UndigestibleException if an argument has no digest, or the code cannot be analysed
     */
    SealedKey sealKeyed(@Nullable Object[] keyArguments) {
        CodeInCall called = new CodeInCall(code, receiverAmong(keyArguments));
        return new SealedKey(keyArguments, Digester.standard().key(called, keyArguments, plan.names()), called);
    }

    private @Nullable Class<?> receiverAmong(@Nullable Object[] keyArguments) {
        if (!hasReceiver) {
            return null;
        }
        Class<?> declaring = code.method().getDeclaringClass();
        if (plan.names().isEmpty() || !plan.names().get(0).equals("this")) {
            // ignored, and of this class alone, or bound to a proxy, which counts as one
            return plan.hasCaptures() ? classOf(plan.input(keyArguments, 0)) : declaring;
        }
        // what is bound here need not be the receiver of a recorded call:
        // of an ignored receiver, the class is what makes the key
        Object receiver = keyArguments[0];
        return receiver instanceof Class<?> type && declaring != Class.class ? type : classOf(receiver);
    }

    private static @Nullable Class<?> classOf(@Nullable Object receiver) {
        return receiver == null ? null : receiver.getClass();
    }

    /** Returns whether the types of the arguments tell that none of them brings code of its own along. */
    boolean bringsNoCode() {
        return !hasReceiver
                && !plan.hasCaptures()
                && passedTypes.parameterList().stream().allMatch(Profile::isPlain);
    }

    private static boolean isPlain(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        boolean ofJdk = element.getModule() == Object.class.getModule() && Modifier.isFinal(element.getModifiers());
        return ofJdk && element != Class.class && element != Optional.class;
    }

    /** Returns what is known of codes that computed recorded calls of the function. */
    CodeJudge.Verdicts verdicts() {
        return verdicts;
    }

    /** Returns what of the function enters a digest in which it is a value. */
    FunctionReference reference() {
        Class<?> receiver = hasReceiver && plan.hasCaptures() ? classOf(plan.input(new Object[0], 0)) : null;
        return new FunctionReference(id, version(), met -> code.keyed(receiver, met), code.root(), plan.keyCaptures());
    }

    /** Returns the function's name for messages. */
    String label() {
        return id.shortName();
    }

    /** Returns whether trouble with caching throws. */
    boolean strict() {
        return settings.strict();
    }

    /** Returns which arguments are stored. */
    ArgumentStoring argumentStoring() {
        return settings.argumentStoring();
    }

    /** Returns the types that stored arguments and results may contain. */
    TypeContext context() {
        return types.context();
    }

    /** Has the code tell of which classes results are, where nothing else does; it is analysed once. */
    void learnTypes() {
        if (code.key() != CodeKey.NONE && !types.openTypes().isEmpty()) {
            try {
                code.code(null, MetCode.NONE);
            } catch (UndigestibleException e) {
                // whoever makes a key is told
                Trouble.LOGGER.log(Level.DEBUG, "the classes of results of " + label() + " are not known", e);
            }
        }
    }

    /** Returns which future the function returns, or null if it returns the result itself. */
    @Nullable
    FutureType future() {
        return future;
    }

    /** Returns what a call returns whose result is {@code value}: itself, or a completed future. */
    @Nullable
    Object returned(@Nullable Object value) {
        return future == null ? value : FutureType.completed(value);
    }

    /** Returns the type of results, as far as signature and reference tell it; of a future, that of its value. */
    Type resultType() {
        return resultType;
    }

    /** Returns the types of the passed arguments and of what is returned, as the reference is used. */
    MethodType passedTypes() {
        return passedTypes;
    }

    /** Returns how the function of {@code memo}, which is the one of this profile, is serialised. */
    FunctionForm form(Memo<?> memo) {
        FunctionForm known = form.get();
        if (known == null) {
            known = FunctionForm.of(memo);
            form.set(known);
        }
        return known;
    }

    /** Returns the names of the arguments that make the key, in order; never part of a key themselves. */
    List<String> argumentNames() {
        return plan.names();
    }

    /**
     * Returns the arguments that make the key; {@code arguments} itself if nothing changes.
     *
     * <p>Captured values come first, among them the receiver of a bound reference. Passed arguments are converted to
     * the declared parameter types. What is ignored is left out.
     *
     * @throws UndigestibleException if an argument that is {@code @Required} is null
     */
    @Nullable
    Object[] keyArguments(@Nullable Object[] arguments) {
        return plan.keyArguments(arguments);
    }

    /**
     * Returns the arguments that are recorded, given those that {@link #keyArguments} returned.
     *
     * <p>They are the same, but for a file that is digested by content: its name is recorded.
     */
    @Nullable
    Object[] recordedArguments(@Nullable Object[] keyArguments) {
        return plan.recordedArguments(keyArguments);
    }

    /** Returns what becomes of arguments. */
    ArgumentPlan plan() {
        return plan;
    }

    /** Returns the captured values that take part in the key; they are the first of {@link #keyArguments}. */
    List<@Nullable Object> keyCaptures() {
        return plan.keyCaptures();
    }

    /** Returns the arguments that make the key, given those that {@link #recordedArguments} returned for them. */
    @Nullable
    Object[] keyArgumentsOf(@Nullable Object[] recorded) {
        return plan.keyArgumentsOf(recorded);
    }

    /** Returns what a caller would have passed for {@code recorded}; null if that cannot be told. */
    @Nullable
    Object @Nullable [] passedArguments(@Nullable Object[] recorded, int arity) {
        return plan.passedArguments(recorded, arity);
    }

    /** A subinterface may give {@code call} a body that does something else than the referenced method. */
    private static void requireInterface(Reference.Target target, String expected) {
        if (!target.interfaceName().equals(expected)) {
            throw new IllegalArgumentException(
                    "expected a reference to " + target.label() + " of type " + expected + ", found one of type "
                            + target.interfaceName() + "; give the reference directly as Type::method");
        }
    }

    /** Returns the class whose name is part of the id; a lambda without a name is known by its code. */
    private static Class<?> owner(Reference.Target target, Settings settings) {
        CodeKey key = settings.code().key();
        if (settings.name() == null && target.isLambda() && key != CodeKey.TRANSITIVE) {
            throw new IllegalArgumentException("expected CodeKey.TRANSITIVE for the lambda " + target.label()
                    + " (a reference to a varargs method, super::method and int[]::new are lambdas too), which has no"
                    + " name and is known by its code alone, found CodeKey." + key
                    + "; write it as a method and pass Type::method, or name it by Option.name(\"…\")");
        }
        if (settings.name() == null
                && !target.isLambda()
                && target.executable().getDeclaringClass().isAnonymousClass()) {
            throw new IllegalArgumentException("expected a method of a class with a name, found " + target.label()
                    + " of an anonymous class; make it a named class");
        }
        return target.owner();
    }

    private static Type resultType(Reference.Target target) {
        Executable executable = target.executable();
        if (executable instanceof Constructor<?>) {
            return executable.getDeclaringClass();
        }
        Class<?> used = target.instantiated().returnType();
        return target.isLambda() ? used : known(((Method) executable).getGenericReturnType(), used);
    }

    /** Returns the class of which every stored result is, whatever its type arguments. */
    private Class<?> stored(Reference.Target target) {
        return future == null ? erased(target) : FutureType.erased(resultType);
    }

    private static Class<?> erased(Reference.Target target) {
        Executable executable = target.executable();
        Class<?> type = executable instanceof Method method ? method.getReturnType() : executable.getDeclaringClass();
        return MethodType.methodType(type).wrap().returnType();
    }

    /** Returns the declared type, or what the reference makes of it where it is a type variable. */
    private static Type known(Type declared, Class<?> used) {
        return declared instanceof TypeVariable<?> ? used : declared;
    }

    private List<Type> types(Reference reference) {
        Reference.Target target = reference.target();
        List<Type> types = new ArrayList<>(List.of(resultType));
        types.addAll(Arrays.asList(target.executable().getGenericParameterTypes()));
        types.addAll(target.instantiated().parameterList());
        for (Object captured : reference.captured()) {
            if (captured != null) {
                types.add(captured.getClass());
            }
        }
        return types;
    }

    /** Returns what the user should be told of the result type, as far as it is known now; empty if nothing. */
    String warning() {
        List<String> open = types.openTypes();
        return open.isEmpty()
                ? ""
                : "the result of " + label() + " is a " + resultType.getTypeName()
                        + ", which does not tell the classes of its content (" + String.join(", ", open)
                        + "); results with records or enums are not cached unless their classes are named by"
                        + " Option.allow(…) or @Memoized(allow = …)";
    }
}
