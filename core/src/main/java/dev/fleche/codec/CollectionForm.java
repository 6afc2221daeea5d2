package dev.fleche.codec;

import dev.fleche.digest.CollectionKind;
import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What matters for storing the collections of one class, beside their {@link CollectionKind}.
 *
 * <p>One instance per class; safe for use by several threads.
 */
final class CollectionForm {

    private static final Set<Class<?>> MARKERS = Set.of(RandomAccess.class, Cloneable.class, Serializable.class);
    private static final Object[] NOTHING = {};

    private static final ClassValue<CollectionForm> FORMS = new ClassValue<>() {
        @Override
        protected CollectionForm computeValue(Class<?> type) {
            return new CollectionForm(type);
        }
    };

    private final Class<?> type;
    private final boolean ownsElements;
    private volatile boolean isChecked;
    private volatile @Nullable Class<?> lost;

    private CollectionForm(Class<?> type) {
        this.type = type;
        String name = type.getName();
        ownsElements = name.startsWith("java.util.ImmutableCollections$")
                || name.startsWith("java.util.Collections$Empty")
                || name.startsWith("java.util.Collections$Singleton")
                || name.equals("java.util.Collections$CopiesList");
    }

    static CollectionForm of(Class<?> type) {
        return FORMS.get(type);
    }

    /** Returns whether nobody else holds the storage of such a collection, so that it cannot change. */
    boolean ownsElements() {
        return ownsElements;
    }

    /**
     * Returns a public type of the class that what comes back for it does not have: a caller that declared it would get
     * an object that is none.
     *
     * @param kind the kind of the class's collections
     */
    Optional<Class<?>> lostType(CollectionKind kind) {
        if (!isChecked) {
            lost = findLostType(kind);
            isChecked = true;
        }
        return Optional.ofNullable(lost);
    }

    private @Nullable Class<?> findLostType(CollectionKind kind) {
        if (CollectionBuilder.isOfEnum(kind)) {
            return null;
        }
        CollectionBuilder builder = new CollectionBuilder(kind, null, null);
        Object sample = kind.family() == CollectionKind.Family.MAP ? builder.map(NOTHING) : builder.collection(NOTHING);
        if (Modifier.isPublic(type.getModifiers()) && type != sample.getClass()) {
            return type;
        }
        Set<Class<?>> interfaces = new HashSet<>();
        collectInterfaces(type, interfaces);
        for (Class<?> candidate : interfaces) {
            if (!MARKERS.contains(candidate) && !candidate.isInstance(sample)) {
                return candidate;
            }
        }
        return null;
    }

    private static void collectInterfaces(@Nullable Class<?> type, Set<Class<?>> found) {
        if (type == null) {
            return;
        }
        for (Class<?> parent : type.getInterfaces()) {
            if (Modifier.isPublic(parent.getModifiers()) && parent.getModule().isExported(parent.getPackageName())) {
                found.add(parent);
            }
            collectInterfaces(parent, found);
        }
        collectInterfaces(type.getSuperclass(), found);
    }
}
