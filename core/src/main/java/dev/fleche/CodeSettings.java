package dev.fleche;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.digest.FunctionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The choices about how the code of one function takes part in its keys.
 *
 * @param key how much of the code enters
 * @param onChange what a call does whose result was computed by other code
 * @param dependencies classes whose code counts although no analysis sees that it runs
 * @param userCode classes of libraries whose code is to be treated as the user's
 * @param libraries whether the versions of other libraries count
 * @param formerIds the ids that the function had before, to be looked up in this order
 */
record CodeSettings(
        CodeKey key,
        CodeChange onChange,
        List<Class<?>> dependencies,
        List<Class<?>> userCode,
        boolean libraries,
        List<FunctionId> formerIds) {

    static final CodeSettings DEFAULT =
            new CodeSettings(CodeKey.TRANSITIVE, CodeChange.RECOMPUTE, List.of(), List.of(), true, List.of());

    /** The settings of functions whose code never counts. */
    static final CodeSettings NO_CODE =
            new CodeSettings(CodeKey.NONE, CodeChange.RECOMPUTE, List.of(), List.of(), false, List.of());

    private static final int WITHOUT_LIBRARIES = 0x10;
    private static final int FORMER_IDS = 0x20;
    private static final int CLASSES = 0x40;

    /** The number of bits that each of the two choices takes. */
    private static final int BITS = 2;

    private static final int MASK = (1 << BITS) - 1;

    /** Creates settings; what came in a stream is checked here as much as what options say. */
    CodeSettings {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(onChange, "onChange");
        dependencies = List.of(dependencies.toArray(Class<?>[]::new));
        userCode = List.of(userCode.toArray(Class<?>[]::new));
        formerIds = List.copyOf(formerIds);
    }

    /** Writes all but the classes themselves; defaults take one byte. */
    @SuppressWarnings("EnumOrdinal") // one version of the library writes and reads
    void write(FlatWriter out) {
        boolean classes = !dependencies.isEmpty() || !userCode.isEmpty();
        out.writeByte(key.ordinal()
                | onChange.ordinal() << BITS
                | (libraries ? 0 : WITHOUT_LIBRARIES)
                | (formerIds.isEmpty() ? 0 : FORMER_IDS)
                | (classes ? CLASSES : 0));
        if (classes) {
            out.writeCount(dependencies.size());
            out.writeCount(userCode.size());
        }
        if (!formerIds.isEmpty()) {
            out.writeCount(formerIds.size());
            formerIds.forEach(id -> out.writeText(id.toString()));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param classes the classes of the settings, of which the last ones are taken from the list
     */
    static CodeSettings read(FlatReader in, List<Class<?>> classes) {
        int flags = in.readByte();
        if (flags >= CLASSES << 1) {
            throw new IllegalArgumentException("expected settings of code, found flags " + flags);
        }
        List<Class<?>> userCode = List.of();
        List<Class<?>> dependencies = List.of();
        if ((flags & CLASSES) != 0) {
            int count = in.readCount();
            userCode = takeLast(classes, in.readCount());
            dependencies = takeLast(classes, count);
        }
        List<FunctionId> formerIds = new ArrayList<>();
        int count = (flags & FORMER_IDS) != 0 ? in.readCount() : 0;
        for (int i = 0; i < count; i++) {
            formerIds.add(formerId(in.readText()));
        }
        return new CodeSettings(
                choice(CodeKey.values(), flags & MASK),
                choice(CodeChange.values(), flags >> BITS & MASK),
                dependencies,
                userCode,
                (flags & WITHOUT_LIBRARIES) == 0,
                formerIds);
    }

    private static List<Class<?>> takeLast(List<Class<?>> classes, int count) {
        List<Class<?>> last =
                classes.subList(Objects.checkIndex(classes.size() - count, classes.size() + 1), classes.size());
        List<Class<?>> taken = List.copyOf(last);
        last.clear();
        return taken;
    }

    private static <T> T choice(T[] all, int ordinal) {
        return all[Objects.checkIndex(ordinal, all.length)];
    }

    /**
     * Returns the id that {@code text} names.
     *
     * @throws IllegalArgumentException if it names none
     */
    static FunctionId formerId(String text) {
        // the last one: a name may have brackets, types have none
        int open = text.lastIndexOf('(');
        int dot = text.lastIndexOf('.', open);
        if (dot <= 0 || dot + 1 >= open || !text.endsWith(")")) {
            throw new IllegalArgumentException("expected a former id such as \"com.acme.Physics.relax(double,int)\","
                    + " found \"" + text + "\"; memo.function() tells the id of a function");
        }
        String types = text.substring(open + 1, text.length() - 1);
        return new FunctionId(
                text.substring(0, dot),
                text.substring(dot + 1, open),
                types.isEmpty() ? List.of() : List.of(types.split("\\s*,\\s*", -1)));
    }
}
