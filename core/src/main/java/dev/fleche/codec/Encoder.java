package dev.fleche.codec;

import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.CollectionKind.Family;
import dev.fleche.digest.InaccessibleTypeException;
import dev.fleche.digest.RecordShape;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one value by the default codec.
 *
 * <p>Not thread-safe; confined to one call.
 */
final class Encoder {

    static final int PLAIN_ENTRY = 0;
    static final int NULLABLE_ENTRY = 1;
    static final int MUTABLE_ENTRY = 2;

    /** The class of {@link Map#entry}, which cannot be named. */
    private static final Class<?> PLAIN_ENTRY_CLASS = Map.entry(1, 1).getClass();

    private final PayloadSink sink;
    private final Trail trail = new Trail();
    private final ClassWriter classes;
    private boolean immutable = true;

    Encoder(TypeContext context, PayloadSink sink) {
        this.sink = sink;
        this.classes = new ClassWriter(context, sink, trail);
    }

    /** Writes the value and returns whether it is immutable through and through. */
    boolean encode(@Nullable Object value) {
        write(value);
        return immutable;
    }

    private void write(@Nullable Object value) {
        if (value == null) {
            sink.writeByte(Tag.NULL);
            return;
        }
        Leaf<?> leaf = Leaves.ofType(value.getClass());
        if (leaf != null) {
            writeLeaf(leaf, value);
        } else if (value instanceof Boolean flag) {
            sink.writeByte(flag ? Tag.TRUE : Tag.FALSE);
        } else if (value instanceof Record) {
            writeRecord(value);
        } else if (value instanceof Enum<?> constant) {
            writeEnum(constant);
        } else if (value instanceof Object[] array) {
            writeArray(array);
        } else {
            writeOther(value);
        }
    }

    private void writeOther(Object value) {
        Optional<CollectionKind> kind = CollectionKind.of(value);
        if (kind.isPresent()) {
            writeCollection(value, kind.get());
        } else if (value instanceof Optional<?> optional) {
            writeOptional(optional);
        } else if (value instanceof Class<?> type) {
            sink.writeByte(Tag.CLASS);
            classes.write(type, "the class");
        } else if (value instanceof Map.Entry<?, ?> entry && isOfJdk(value)) {
            writeEntry(entry);
        } else {
            Leaf<?> leaf = Leaves.ofInterface(value);
            if (leaf == null) {
                throw refusal(value);
            }
            writeLeaf(leaf, value);
        }
    }

    private static boolean isOfJdk(Object value) {
        return value.getClass().getModule() == Object.class.getModule();
    }

    private void writeLeaf(Leaf<?> leaf, Object value) {
        immutable &= leaf.isImmutable();
        try {
            leaf.write(value, sink);
        } catch (ValueTooLargeException e) {
            throw e;
        } catch (CodecException e) {
            throw new CodecException(trail + " is " + e.getMessage(), e);
        }
    }

    private void writeEnum(Enum<?> constant) {
        sink.writeByte(Tag.ENUM);
        classes.write(constant.getDeclaringClass(), "of the enum");
        sink.writeString(constant.name());
    }

    private void writeRecord(Object value) {
        RecordShape shape = RecordShape.of(value.getClass());
        sink.writeByte(Tag.RECORD);
        classes.write(value.getClass(), "of the record");
        ClassDescription description = ClassDescription.of(value.getClass());
        @Nullable Object[] parts = parts(shape, value);
        trail.enter(value);
        for (int i = 0; i < parts.length; i++) {
            trail.at(i);
            int primitive = description.primitive(i);
            Object part = parts[i];
            if (primitive != Primitives.REFERENCE && part != null) {
                Primitives.write(primitive, part, sink);
            } else {
                write(part);
            }
        }
        trail.leave();
    }

    private @Nullable Object[] parts(RecordShape shape, Object value) {
        try {
            return shape.values(value);
        } catch (InaccessibleTypeException e) {
            throw new CodecException(trail + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void writeArray(Object[] array) {
        immutable = false;
        sink.writeByte(Tag.OBJECTS);
        classes.write(array.getClass().getComponentType(), "an array of");
        sink.writeCount(array.length);
        trail.enter(array);
        for (int i = 0; i < array.length; i++) {
            trail.at(i);
            write(array[i]);
        }
        trail.leave();
    }

    private void writeOptional(Optional<?> optional) {
        if (optional.isEmpty()) {
            sink.writeByte(Tag.OPTIONAL_EMPTY);
            return;
        }
        sink.writeByte(Tag.OPTIONAL);
        trail.enter(optional);
        write(optional.get());
        trail.leave();
    }

    private void writeEntry(Map.Entry<?, ?> entry) {
        int kind = MUTABLE_ENTRY; // as one of a map is
        if (entry.getClass() == PLAIN_ENTRY_CLASS) {
            kind = PLAIN_ENTRY;
        } else if (entry instanceof SimpleImmutableEntry<?, ?>) {
            kind = NULLABLE_ENTRY;
        }
        immutable = immutable && kind != MUTABLE_ENTRY;
        sink.writeByte(Tag.ENTRY);
        sink.writeByte(kind);
        trail.enter(entry);
        write(entry.getKey());
        trail.at(1);
        write(entry.getValue());
        trail.leave();
    }

    private void writeCollection(Object value, CollectionKind kind) {
        CollectionForm form = CollectionForm.of(value.getClass());
        Optional<Class<?>> lost = form.lostType(kind);
        if (lost.isPresent()) {
            throw new CodecException(trail + " is a " + value.getClass().getName()
                    + ", which would not come back as a " + lost.get().getName()
                    + "; copy it into a collection with a public constructor, such as ArrayList or TreeMap");
        }
        immutable = immutable && kind.isImmutable() && form.ownsElements();
        sink.writeByte(Tag.COLLECTION);
        sink.writeByte(kind.code());
        if (CollectionBuilder.isOrdered(kind)) {
            writeComparator(value);
        }
        if (CollectionBuilder.isOfEnum(kind)) {
            classes.write(EnumTypes.of(value), "a collection of constants of the enum");
        }
        trail.enter(value);
        if (kind.family() == Family.MAP) {
            writeEntries((Map<?, ?>) value);
        } else {
            writeElements((Collection<?>) value);
        }
        trail.leave();
    }

    private void writeComparator(Object value) {
        int comparator = Comparators.code(CollectionKind.comparatorOf(value));
        if (comparator == Comparators.UNKNOWN) {
            throw new CodecException(trail + " is a " + value.getClass().getName()
                    + " with a comparator of its own, which cannot be stored; copy it into a list or a LinkedHashMap, or"
                    + " use the natural order, Comparator.reverseOrder() or String.CASE_INSENSITIVE_ORDER");
        }
        sink.writeByte(comparator);
    }

    private void writeElements(Collection<?> elements) {
        int size = elements.size();
        sink.writeCount(size);
        int written = 0;
        for (Object element : elements) {
            trail.at(written++);
            write(element);
        }
        checkSize(size, written);
    }

    private void writeEntries(Map<?, ?> map) {
        int size = map.size();
        sink.writeCount(size);
        int written = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            trail.at(2 * written);
            write(entry.getKey());
            trail.at(2 * written++ + 1);
            write(entry.getValue());
        }
        checkSize(size, written);
    }

    private void checkSize(int expected, int written) {
        if (expected != written) {
            throw new CodecException("a collection was changed while it was encoded: expected " + expected
                    + " elements, found " + written + "; return a copy that nobody else changes");
        }
    }

    private CodecException refusal(Object value) {
        return new CodecException(trail + " is a " + value.getClass().getName()
                + ", which the codec " + StandardCodec.NAME + " cannot write; make it a record, or convert it to"
                + " records, collections or arrays before it is returned");
    }
}
