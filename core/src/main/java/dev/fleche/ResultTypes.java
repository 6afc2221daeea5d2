package dev.fleche;

import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.channels.Channel;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/** The result types that cannot be remembered. Not thread-safe; confined to one call. */
final class ResultTypes {

    /**
     * A reason to refuse a result.
     *
     * @param types the types it holds for, with their subtypes
     * @param reason why, after "which"
     * @param remedy the way out
     */
    private record Refusal(List<Class<?>> types, String reason, String remedy) {
        boolean covers(Class<?> type) {
            return types.stream().anyMatch(each -> each.isAssignableFrom(type));
        }
    }

    private static final Refusal NOTHING =
            new Refusal(List.of(void.class, Void.class), "holds nothing to remember", "return what it computes");
    private static final Refusal ONE_SHOT = new Refusal(
            List.of(
                    BaseStream.class,
                    Iterator.class,
                    Spliterator.class,
                    Enumeration.class,
                    InputStream.class,
                    OutputStream.class,
                    Reader.class,
                    Writer.class,
                    Channel.class,
                    DirectoryStream.class),
            "can be used only once",
            "return its content, for example a List or a byte[]");
    private static final Refusal FUTURE = new Refusal(
            List.of(Future.class, CompletionStage.class),
            "is not complete when it is returned",
            "declare the whole result as one CompletableFuture, CompletionStage or Future, or memoise the method that"
                    + " computes the value");
    private static final Refusal FILE = new Refusal(
            List.of(Path.class, File.class),
            "names a file whose content is not stored",
            "return the content, or give Option.pathsByName() if the name alone is the result");

    private final List<Refusal> refusals;
    private final Set<Type> seen = new HashSet<>();

    private ResultTypes(boolean pathsByName) {
        refusals = pathsByName ? List.of(NOTHING, ONE_SHOT, FUTURE) : List.of(NOTHING, ONE_SHOT, FUTURE, FILE);
    }

    /**
     * Checks that results of type {@code result} can be remembered, or those that it yields if it is a future.
     *
     * @param label the function's name, for the message
     * @throws IllegalArgumentException if it is, or contains, a type that cannot
     */
    static void check(Type result, boolean pathsByName, String label) {
        ResultTypes types = new ResultTypes(pathsByName);
        Class<?> refused = types.find(FutureType.of(result) == null ? result : FutureType.content(result));
        if (refused != null) {
            Refusal refusal = types.refusals.stream()
                    .filter(each -> each.covers(refused))
                    .findFirst()
                    .orElseThrow();
            String containing = refused == result ? "" : ", which contains " + refused.getTypeName();
            throw new IllegalArgumentException("the result of " + label + " is a " + result.getTypeName() + containing
                    + ", which " + refusal.reason + "; " + refusal.remedy);
        }
    }

    /** Returns the first class among {@code types} and what they contain that is refused, or null. */
    private @Nullable Class<?> find(Type... types) {
        for (Type type : types) {
            Class<?> found = seen.add(type) ? findIn(type) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private @Nullable Class<?> findIn(Type type) {
        if (type instanceof Class<?> c) {
            return refusals.stream().anyMatch(refusal -> refusal.covers(c)) ? c : findInClass(c);
        }
        if (type instanceof ParameterizedType parameterized) {
            Type raw = parameterized.getRawType();
            Class<?> found = find(raw);
            // a Class<Path> contains no path
            return found != null || raw == Class.class ? found : find(parameterized.getActualTypeArguments());
        }
        if (type instanceof GenericArrayType array) {
            return find(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return find(wildcard.getUpperBounds());
        }
        return type instanceof TypeVariable<?> variable ? find(variable.getBounds()) : null;
    }

    private @Nullable Class<?> findInClass(Class<?> type) {
        if (type.isArray()) {
            return find(type.getComponentType());
        }
        try {
            if (type.isRecord()) {
                RecordComponent[] components = type.getRecordComponents();
                return find(Arrays.stream(components)
                        .map(RecordComponent::getGenericType)
                        .toArray(Type[]::new));
            }
            return type.isSealed() && !type.isEnum() ? find(type.getPermittedSubclasses()) : null;
        } catch (LinkageError | TypeNotPresentException e) {
            // what is missing here cannot be in a result; TypeContext names it in the warning
            return null;
        }
    }
}
