package dev.fleche.digest;

import dev.fleche.annotation.Content;
import dev.fleche.annotation.Ignored;
import dev.fleche.annotation.Required;
import java.io.File;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The shape of a record class: its components, how to read them and how to construct a record from them.
 *
 * <p>The one description that the digest and the value encoding share. Immutable; one instance per class.
 */
public final class RecordShape {

    /**
     * A component of a record class.
     *
     * @param name the name
     * @param type the erased type
     * @param genericType the type with its arguments
     * @param ignored whether it takes no part in digests
     * @param required whether a record in which it is null has no digest
     * @param content whether its file's content is digested instead of its name
     */
    public record Component(
            String name, Class<?> type, Type genericType, boolean ignored, boolean required, boolean content) {}

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final Class<?> type;
    private final List<Component> components;
    private volatile @Nullable Handles handles;

    private record Handles(List<MethodHandle> getters, MethodHandle constructor) {}

    private RecordShape(Class<?> type) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("expected a record class, found " + type.getName());
        }
        this.type = type;
        this.components = Arrays.stream(type.getRecordComponents())
                .map(RecordShape::component)
                .toList();
    }

    /**
     * Returns the shape of a record class.
     *
     * @throws IllegalArgumentException if {@code type} is no record class, or a component that is not a path is marked
     *     {@code @Content}
     */
    public static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    /** Returns the record class. */
    public Class<?> type() {
        return type;
    }

    /** Returns the components in the order of their declaration. */
    public List<Component> components() {
        return components;
    }

    /**
     * Returns the component values of {@code record}, in the order of {@link #components}.
     *
     * <p>They are those of its fields, whatever its accessors make of them: one that masks, copies or converts would
     * hide a difference that the record's other methods see.
     *
     * @throws InaccessibleTypeException if its module does not let us
     */
    public @Nullable Object[] values(Object record) {
        List<MethodHandle> getters = handles().getters;
        @Nullable Object[] values = new @Nullable Object[getters.size()];
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = (Object) getters.get(i).invokeExact(record);
            }
        } catch (Throwable e) {
            throw sneaky(e);
        }
        return values;
    }

    /**
     * Returns the record made of {@code values} by the canonical constructor.
     *
     * <p>Exceptions of the constructor pass unchanged.
     *
     * @throws InaccessibleTypeException if its module does not let us
     * @throws ClassCastException if a value does not have its component's type
     */
    public Object construct(@Nullable Object[] values) {
        try {
            return (Object) handles().constructor.invokeExact(values);
        } catch (Throwable e) {
            throw sneaky(e);
        }
    }

    private Handles handles() {
        Handles found = handles;
        if (found == null) {
            found = resolve();
            handles = found;
        }
        return found;
    }

    private Handles resolve() {
        try {
            Lookup lookup = Access.in(type);
            MethodHandle[] getters = new MethodHandle[components.size()];
            Class<?>[] types = new Class<?>[getters.length];
            for (int i = 0; i < getters.length; i++) {
                Component component = components.get(i);
                types[i] = component.type();
                getters[i] = lookup.findGetter(type, component.name(), component.type())
                        .asType(MethodType.methodType(Object.class, Object.class));
            }
            MethodHandle constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asType(MethodType.genericMethodType(types.length))
                    .asSpreader(Object[].class, types.length);
            return new Handles(List.of(getters), constructor);
        } catch (ReflectiveOperationException e) {
            throw new InaccessibleTypeException(
                    "the record " + type.getName() + " is in " + type.getModule()
                            + ", which is not open to Fleche; call Fleche.access(MethodHandles.lookup()) once in that"
                            + " module",
                    e);
        }
    }

    private static Component component(RecordComponent component) {
        boolean content = component.isAnnotationPresent(Content.class);
        if (content && component.getType() != Path.class && component.getType() != File.class) {
            throw new IllegalArgumentException("@Content stands on component " + component.getName() + " of "
                    + component.getDeclaringRecord().getName() + ", which is a "
                    + component.getType().getName() + "; it belongs on a Path or File");
        }
        return new Component(
                component.getName(),
                component.getType(),
                component.getGenericType(),
                component.isAnnotationPresent(Ignored.class),
                component.isAnnotationPresent(Required.class),
                content);
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable e) throws X {
        throw (X) e;
    }
}
