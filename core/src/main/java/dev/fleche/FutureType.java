package dev.fleche;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The declared result types whose value is remembered in place of the object: exactly these, no subtypes. */
enum FutureType {
    COMPLETABLE_FUTURE(CompletableFuture.class),
    COMPLETION_STAGE(CompletionStage.class),
    FUTURE(Future.class);

    private final Class<?> type;

    FutureType(Class<?> type) {
        this.type = type;
    }

    /** Returns which of them {@code declared} is, or null. */
    static @Nullable FutureType of(Type declared) {
        Type raw = declared instanceof ParameterizedType parameterized ? parameterized.getRawType() : declared;
        for (FutureType each : values()) {
            if (each.type == raw) {
                return each;
            }
        }
        return null;
    }

    /** Returns the type of what {@code declared} yields: its type argument, or {@code Object} if it names none. */
    static Type content(Type declared) {
        if (!(declared instanceof ParameterizedType parameterized)) {
            return Object.class;
        }
        Type argument = parameterized.getActualTypeArguments()[0];
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }

    /** Returns the class of which every object of {@code type} is. */
    static Class<?> erased(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return erased(array.getGenericComponentType()).arrayType();
        }
        return (Class<?>) (type instanceof ParameterizedType parameterized ? parameterized.getRawType() : type);
    }

    /** Returns a completed future, which is of each of the declared types. */
    static CompletableFuture<@Nullable Object> completed(@Nullable Object value) {
        return CompletableFuture.completedFuture(value);
    }
}
