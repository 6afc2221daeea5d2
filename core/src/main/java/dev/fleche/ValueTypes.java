package dev.fleche;

import dev.fleche.code.FunctionCode;
import dev.fleche.code.ReachedCode;
import dev.fleche.codec.TypeContext;
import dev.fleche.digest.MetCode;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The types that stored arguments and results of a function may contain.
 *
 * <p>Where signature and options leave open of which classes a result is, records and enums that the function's code
 * makes are among them once that is known: before the first result is looked up, since the code is part of the key.
 * What stands in bytes never adds a class. Safe for use by several threads.
 */
final class ValueTypes {

    private final @Nullable ClassLoader loader;
    private final Type result;
    private final Class<?> stored;
    private final List<Type> types;
    private final Collection<Class<?>> allowed;
    private final List<String> openTypes;
    private final AtomicReference<Made> made;

    /**
     * What the code makes.
     *
     * @param names the names of records and enums
     * @param classes those of them that the loader finds
     * @param context the types with these
     * @param openTypes what of the result type they leave open
     */
    private record Made(Set<String> names, Set<Class<?>> classes, TypeContext context, List<String> openTypes) {}

    /**
     * Creates the types of a function whose code is not known yet.
     *
     * @param result the type of results, as far as signature and reference tell it
     * @param stored the class of which every stored result is
     * @param types all types of the signature
     * @param allowed what the user allowed beside them
     */
    ValueTypes(
            @Nullable ClassLoader loader,
            Type result,
            Class<?> stored,
            List<Type> types,
            Collection<Class<?>> allowed) {
        this.loader = loader;
        this.result = result;
        this.stored = stored;
        this.types = types;
        this.allowed = allowed;
        this.openTypes = TypeContext.of(loader, List.of(result), allowed).openTypes();
        this.made = new AtomicReference<>(new Made(Set.of(), Set.of(), context(Set.of()), openTypes));
    }

    /** Returns the types that are known now. */
    TypeContext context() {
        return made().context;
    }

    private Made made() {
        return Objects.requireNonNull(made.get());
    }

    /** Returns what of the result type leaves open which classes results are of, as far as is known now. */
    List<String> openTypes() {
        return made().openTypes;
    }

    /** Returns {@code code}, which from now on tells what it makes, if that matters. */
    FunctionCode listening(FunctionCode code) {
        return openTypes.isEmpty() ? code : new Listening(code, this);
    }

    /** A code of which the types are told whenever more of it is known. */
    private record Listening(FunctionCode code, ValueTypes types) implements FunctionCode {

        @Override
        public ReachedCode reached(@Nullable Class<?> receiver, MetCode met) {
            ReachedCode reached = code.reached(receiver, met);
            types.add(reached.data());
            return reached;
        }

        @Override
        public boolean isLoaded(ReachedCode reached) {
            return code.isLoaded(reached);
        }
    }

    private void add(List<String> names) {
        Made before = made();
        if (before.names.containsAll(names)) {
            return;
        }
        // outside of all locks: the class loader is the user's
        Set<Class<?>> found = new LinkedHashSet<>();
        for (String name : names) {
            Class<?> type = before.names.contains(name) ? null : find(name);
            if (type != null) {
                found.add(type);
            }
        }
        made.updateAndGet(known -> known(known, names, found));
    }

    private Made known(Made known, List<String> names, Set<Class<?>> found) {
        Set<String> allNames = new HashSet<>(known.names);
        allNames.addAll(names);
        Set<Class<?>> classes = new LinkedHashSet<>(known.classes);
        classes.addAll(found);
        return classes.equals(known.classes)
                ? new Made(allNames, classes, known.context, known.openTypes)
                : new Made(allNames, classes, context(classes), openTypes(classes));
    }

    /** What is open in the classes that are made is no fault of the signature, and not listed. */
    private List<String> openTypes(Set<Class<?>> classes) {
        List<String> left =
                TypeContext.of(loader, List.of(result), with(classes)).openTypes();
        return openTypes.stream().filter(left::contains).toList();
    }

    /** Finds a class, which is not initialised: only a decoded value is a reason to. */
    private @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            // it came with an argument from another loader, or cannot be linked: then no value of it is decoded
            Trouble.LOGGER.log(Level.DEBUG, "the class " + name + " is not among the types of results", e);
            return null;
        }
    }

    private TypeContext context(Set<Class<?>> classes) {
        return TypeContext.of(loader, types, with(classes)).returning(stored);
    }

    private List<Class<?>> with(Set<Class<?>> classes) {
        List<Class<?>> all = new ArrayList<>(allowed);
        all.addAll(classes);
        return all;
    }
}
