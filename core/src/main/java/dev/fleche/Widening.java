package dev.fleche;

import java.lang.invoke.MethodType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A widening primitive conversion of boxed values.
 *
 * <p>A method with a {@code long} parameter may be referenced as a function of an {@code Integer}. The method sees a
 * {@code long}, and so must the key, or the same call would have two keys. From <em>The Java Language
 * Specification</em>, Java SE 17, §5.1.2 (https://docs.oracle.com/javase/specs/jls/se17/html/jls-5.html).
 */
enum Widening {
    SHORT,
    INT,
    LONG,
    FLOAT,
    DOUBLE;

    /** Returns the conversion that a call makes from {@code given} to {@code declared}, or null if it makes none. */
    static @Nullable Widening between(Class<?> given, Class<?> declared) {
        if (!declared.isPrimitive() || MethodType.methodType(declared).wrap().returnType() == given) {
            return null;
        }
        return valueOf(declared.getName().toUpperCase(Locale.ROOT));
    }

    /** Returns {@code value} as it arrives where {@code type} is declared; null if it cannot be passed there. */
    static @Nullable Object passed(Object value, Class<?> type) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (boxed.isInstance(value)) {
            return value;
        }
        Class<?> primitive = MethodType.methodType(boxed).unwrap().returnType();
        Widening widening = primitive.isPrimitive() ? target(primitive) : null;
        return widening != null && widening.widens(value) ? widening.widen(value) : null;
    }

    private static @Nullable Widening target(Class<?> primitive) {
        for (Widening widening : values()) {
            if (primitive.getName().toUpperCase(Locale.ROOT).equals(widening.name())) {
                return widening;
            }
        }
        return null;
    }

    private boolean widens(Object value) {
        if (value instanceof Short || value instanceof Character) {
            return this != SHORT;
        }
        if (value instanceof Integer) {
            return compareTo(INT) > 0;
        }
        if (value instanceof Long) {
            return compareTo(LONG) > 0;
        }
        return value instanceof Byte || (value instanceof Float && this == DOUBLE);
    }

    /** Returns {@code value} as the method sees it; what no call could convert stays as it is. */
    @Nullable
    Object widen(@Nullable Object value) {
        Object number = value instanceof Character c ? Integer.valueOf(c) : value;
        if (!(number instanceof Number n)) {
            return value;
        }
        return switch (this) {
            case SHORT -> n.shortValue();
            case INT -> n.intValue();
            case LONG -> n.longValue();
            case FLOAT -> n.floatValue();
            case DOUBLE -> n.doubleValue();
        };
    }
}
