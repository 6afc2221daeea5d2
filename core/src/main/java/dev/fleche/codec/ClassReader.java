package dev.fleche.codec;

import java.util.ArrayList;
import java.util.List;

/**
 * The classes that one payload names, as {@link ClassWriter} wrote them.
 *
 * <p>Only classes of the context and known ones come out, and records only in the shape that they have. Not
 * thread-safe; confined to one call.
 */
final class ClassReader {

    private final TypeContext context;
    private final PayloadSource source;
    private final List<Class<?>> described = new ArrayList<>(0);

    ClassReader(TypeContext context, PayloadSource source) {
        this.context = context;
        this.source = source;
    }

    /** Reads a class, which may be an array's. */
    Class<?> read() {
        long number = source.readCount();
        int dimensions = 0;
        for (; number == ClassWriter.ARRAY; dimensions++) {
            number = source.readCount();
        }
        if (dimensions > ClassWriter.MAX_DIMENSIONS) {
            throw source.damaged("at most " + ClassWriter.MAX_DIMENSIONS + " dimensions", String.valueOf(dimensions));
        }
        Class<?> type = element(number);
        if (dimensions > 0 && type == void.class) {
            throw source.damaged("the class of an array's elements", "void");
        }
        for (int i = 0; i < dimensions; i++) {
            type = type.arrayType();
        }
        return type;
    }

    private Class<?> element(long number) {
        if (number % 2 == 0) {
            Class<?> known = KnownTypes.ofCode(number / 2);
            if (known == null) {
                throw source.damaged("the number of a known class", String.valueOf(number / 2));
            }
            return known;
        }
        long place = number / 2;
        if (place == described.size()) {
            described.add(describe());
        } else if (place > described.size()) {
            throw source.damaged("the number of one of " + described.size() + " classes", String.valueOf(place));
        }
        return described.get((int) place);
    }

    private Class<?> describe() {
        int kind = source.readUnsignedByte();
        String name = source.readString();
        Class<?> type = context.find(name).orElse(null);
        if (type == null) {
            throw new CodecException("expected a class that the function's types reach or that is allowed, found \""
                    + name + "\"; if it is wanted, allow it with Option.allow or @Memoized(allow = …)");
        }
        ClassDescription.of(type).check(kind, source);
        return type;
    }
}
