package dev.fleche;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A function and its settings as they are serialised.
 *
 * <p>A reference that captures nothing is written by its names, once in the life of its memo, and made again from them
 * once in each process. Everything else is an object in the stream. Immutable.
 */
final class FunctionForm {

    private static final int MAX_ARITY = 8;

    /** Beyond it, those of the class are forgotten and made again: nobody has so many memos of one class. */
    private static final int MAX_KNOWN = 256;

    /* Why a hit is as safe as a first reading.
     *
     * The exact bytes are the key, beside the class that the stream's own loader found for the name in the
     * stream, and the filter has seen it. The functions hang on that class, so they go when its loader goes; one
     * whose settings name a class that this loader does not find is not kept.
     */
    private static final ClassValue<Map<Known, Function>> KNOWN = new ClassValue<>() {
        @Override
        protected Map<Known, Function> computeValue(Class<?> home) {
            return new ConcurrentHashMap<>();
        }
    };

    private final byte[] flat;
    private final @Nullable Class<?> home;
    private final List<Class<?>> classes;

    private FunctionForm(byte[] flat, @Nullable Class<?> home, List<Class<?>> classes) {
        this.flat = flat;
        this.home = home;
        this.classes = classes;
    }

    /**
     * A function that was read.
     *
     * @param body the reference or lambda
     * @param arity the number of its arguments
     * @param profile what is known of it
     */
    record Function(Serializable body, int arity, Profile profile) {

        Memo<?> memo(Memo.Binding binding) {
            return switch (arity) {
                case 0 -> new Memo0<>((Fn0<?>) body, binding);
                case 1 -> new Memo1<>((Fn1<?, ?>) body, binding);
                case 2 -> new Memo2<>((Fn2<?, ?, ?>) body, binding);
                case 3 -> new Memo3<>((Fn3<?, ?, ?, ?>) body, binding);
                case 4 -> new Memo4<>((Fn4<?, ?, ?, ?, ?>) body, binding);
                case 5 -> new Memo5<>((Fn5<?, ?, ?, ?, ?, ?>) body, binding);
                case 6 -> new Memo6<>((Fn6<?, ?, ?, ?, ?, ?, ?>) body, binding);
                case 7 -> new Memo7<>((Fn7<?, ?, ?, ?, ?, ?, ?, ?>) body, binding);
                default -> new Memo8<>((Fn8<?, ?, ?, ?, ?, ?, ?, ?, ?>) body, binding);
            };
        }
    }

    /** The bytes and classes by which a function is known in its home. */
    private static final class Known {

        private final byte[] flat;
        private final List<Class<?>> classes;

        Known(byte[] flat, List<Class<?>> classes) {
            this.flat = flat;
            this.classes = classes;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known that && Arrays.equals(flat, that.flat) && classes.equals(that.classes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(flat);
        }
    }

    /** Returns the form of a memo's function; to be remembered by its profile. */
    static FunctionForm of(Memo<?> memo) {
        Profile profile = memo.profile();
        FlatReference reference = FlatReference.find(memo.body(), memo.arity());
        FlatWriter out = new FlatWriter();
        out.writeByte(memo.arity());
        if (reference != null) {
            reference.write(out);
        } else {
            out.writeText(profile.passedTypes().toMethodDescriptorString());
        }
        profile.settings().write(out);
        return new FunctionForm(
                out.toBytes(),
                reference == null ? null : reference.home(),
                profile.settings().classes());
    }

    /** Returns the class that contains the function, or null if the function is an object of the stream. */
    @Nullable
    Class<?> home() {
        return home;
    }

    /** Writes the form; what is no bytes is put among {@code objects}. */
    void write(Memo<?> memo, FlatWriter out, SerialObjects objects) {
        out.writeCount(flat.length);
        out.write(flat);
        out.writeCount(classes.size());
        classes.forEach(objects::put);
        if (home == null) {
            objects.put(new NamedObject(memo.body(), found -> trouble(memo, found)));
        }
    }

    private static String trouble(Memo<?> memo, String found) {
        Reference.Target target = Reference.of(memo.body()).target();
        boolean receiver = target.hasReceiver() && !target.isLambda();
        return "expected " + (receiver ? "the receiver" : "what the lambda captured") + " of "
                + memo.profile().label() + " to be serializable, found " + found
                + ", which is not; what a function captured"
                + " travels by Java's serialisation alone: "
                + (receiver
                        ? "pass it as the first argument, by a memo of Type::method instead of object::method,"
                        : "pass it as an argument,")
                + " or let its class implement java.io.Serializable";
    }

    /**
     * Returns the function of a form.
     *
     * @throws RuntimeException if the bytes are no form, or the function is not found or refused here
     */
    static Function read(FlatReader in, @Nullable Class<?> home, SerialObjects objects) {
        byte[] flat = in.readBytes(in.readCount());
        int count = in.readCount();
        List<Class<?>> classes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            classes.add(objects.take(Class.class));
        }
        if (home == null) {
            return readObject(FlatReader.ofPart(flat), classes, objects);
        }
        Map<Known, Function> known = KNOWN.get(home);
        Known key = new Known(flat, classes);
        Function found = known.get(key);
        return found != null ? found : remembered(known, key, readReference(flat, classes, home), home);
    }

    private static Function remembered(Map<Known, Function> known, Known key, Function function, Class<?> home) {
        if (key.classes.stream().allMatch(type -> isFoundBy(type, home.getClassLoader()))) {
            if (known.size() >= MAX_KNOWN) {
                known.clear();
            }
            known.put(key, function);
        }
        return function;
    }

    private static boolean isFoundBy(Class<?> type, @Nullable ClassLoader loader) {
        try {
            return Class.forName(type.getName(), false, loader) == type;
        } catch (ClassNotFoundException | LinkageError e) {
            // of another loader, whose classes a function of this one must not keep
            return false;
        }
    }

    private static Function readReference(byte[] flat, List<Class<?>> classes, Class<?> home) {
        FlatReader in = FlatReader.ofPart(flat);
        int arity = readArity(in);
        FlatReference reference = FlatReference.read(in, home);
        Settings settings = Settings.read(in, classes);
        in.requireEnd();
        return declared(reference.rebuild(arity), arity, reference.typesOrOwn(), settings);
    }

    private static Function readObject(FlatReader in, List<Class<?>> classes, SerialObjects objects) {
        int arity = readArity(in);
        String types = in.readText();
        Settings settings = Settings.read(in, classes);
        in.requireEnd();
        Object body = objects.take(NamedObject.class).object();
        if (!(body instanceof Serializable function)) {
            throw new IllegalArgumentException("expected a function in a serialised form, found another object");
        }
        return declared(function, arity, types, settings);
    }

    private static int readArity(FlatReader in) {
        return Objects.checkIndex(in.readByte(), MAX_ARITY + 1);
    }

    private static Function declared(Serializable body, int arity, String types, Settings settings) {
        Profile profile = Profile.of(body, arity, settings);
        String found = profile.passedTypes().toMethodDescriptorString();
        // compilers tell references to one method by one interface apart when they make them, not when they read them
        if (!found.equals(types)) {
            throw new IllegalArgumentException("expected the reference to " + profile.label() + " with the types "
                    + types + ", found " + found + "; one class refers to this method with several type arguments, and"
                    + " the compiler reads them all as the first: put each reference into a class of its own");
        }
        return new Function(body, arity, profile);
    }
}
