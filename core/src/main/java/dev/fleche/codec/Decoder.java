package dev.fleche.codec;

import dev.fleche.digest.CollectionKind;
import dev.fleche.digest.CollectionKind.Family;
import dev.fleche.digest.Digester;
import dev.fleche.digest.InaccessibleTypeException;
import dev.fleche.digest.RecordShape;
import dev.fleche.digest.UndigestibleException;
import java.lang.reflect.Array;
import java.util.AbstractMap.SimpleEntry;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reading of one value by the default codec, from bytes that nobody vouches for.
 *
 * <p>Every value takes a byte at least, so a container claims a byte for each of its parts before it is allocated, and
 * what is claimed and not yet read cannot be claimed again. That bounds the memory of containers within containers. Not
 * thread-safe; confined to one call.
 */
final class Decoder {

    private final PayloadSource source;
    private final ClassReader classes;
    private int depth;
    private long claimed;

    Decoder(TypeContext context, PayloadSource source) {
        this.source = source;
        this.classes = new ClassReader(context, source);
    }

    @Nullable
    Object decode() {
        return read();
    }

    private @Nullable Object read() {
        int tag = source.readUnsignedByte();
        Leaf<?> leaf = Leaves.ofTag(tag);
        if (leaf != null) {
            return leaf.reader().read(source);
        }
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.CLASS -> classes.read();
            case Tag.ENUM -> readEnum();
            case Tag.OPTIONAL_EMPTY -> Optional.empty();
            case Tag.OPTIONAL, Tag.ENTRY, Tag.OBJECTS, Tag.RECORD, Tag.COLLECTION -> readContainer(tag);
            default -> throw source.damaged("a tag", String.valueOf(tag));
        };
    }

    private Object readContainer(int tag) {
        if (++depth > StandardCodec.MAX_DEPTH) {
            throw source.damaged("at most " + StandardCodec.MAX_DEPTH + " values within each other", "more");
        }
        Object container = switch (tag) {
            case Tag.OPTIONAL -> readOptional();
            case Tag.ENTRY -> readEntry();
            case Tag.OBJECTS -> readArray();
            case Tag.RECORD -> readRecord();
            default -> readCollection();
        };
        depth--;
        return container;
    }

    private Optional<?> readOptional() {
        Object value = read();
        if (value == null) {
            throw source.damaged("a value in an Optional", "null");
        }
        return Optional.of(value);
    }

    private Map.Entry<?, ?> readEntry() {
        int kind = source.readUnsignedByte();
        Object key = read();
        Object value = read();
        return switch (kind) {
            case Encoder.PLAIN_ENTRY -> plainEntry(key, value);
            case Encoder.NULLABLE_ENTRY -> new SimpleImmutableEntry<>(key, value);
            case Encoder.MUTABLE_ENTRY -> new SimpleEntry<>(key, value);
            default -> throw source.damaged("the number of a class of entries", String.valueOf(kind));
        };
    }

    private Map.Entry<?, ?> plainEntry(@Nullable Object key, @Nullable Object value) {
        if (key == null || value == null) {
            throw source.damaged("a key and a value", "null");
        }
        return Map.entry(key, value);
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private Object readEnum() {
        Class type = enumType();
        return Enum.valueOf(type, source.readString());
    }

    private Class<?> enumType() {
        Class<?> type = classes.read();
        if (!type.isEnum()) {
            throw source.damaged("an enum", type.getName());
        }
        return type;
    }

    private Object[] readArray() {
        Class<?> component = classes.read();
        if (component.isPrimitive()) {
            throw source.damaged("the class of an array's elements", component.getName());
        }
        int length = claim(source.readCount(), 1);
        Object[] array = (Object[]) Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            array[i] = readPart();
        }
        return array;
    }

    private Object readRecord() {
        Class<?> type = classes.read();
        if (!type.isRecord()) {
            throw source.damaged("a record", type.getName());
        }
        RecordShape shape = RecordShape.of(type);
        ClassDescription description = ClassDescription.of(type);
        @Nullable Object[] parts = new @Nullable Object[claim(description.size(), 1)];
        for (int i = 0; i < parts.length; i++) {
            int primitive = description.primitive(i);
            if (primitive == Primitives.REFERENCE) {
                parts[i] = readPart();
            } else {
                claimed--;
                parts[i] = Primitives.read(primitive, source);
            }
        }
        return construct(shape, parts);
    }

    private static Object construct(RecordShape shape, @Nullable Object[] parts) {
        Object made;
        int changed;
        try {
            made = shape.construct(parts);
            changed = changed(shape.values(made), parts);
        } catch (InaccessibleTypeException e) {
            throw new CodecException("the value cannot be decoded: " + e.getMessage(), e);
        } catch (Throwable e) {
            throw Failures.inUserCode(
                    "the constructor of the record " + shape.type().getName(), e);
        }
        if (changed >= 0) {
            throw new CodecException("expected the constructor of the record "
                    + shape.type().getName() + " to keep its component "
                    + shape.components().get(changed).name()
                    + " as it was stored, found that it changes it again; convert in a static method and let the"
                    + " constructor keep what it is given");
        }
        return made;
    }

    /**
     * Returns the first component that the constructor did not keep, or -1.
     *
     * <p>A constructor may copy and normalise, but not what it has normalised before: one that divides by 100 does so
     * to the stored value again.
     */
    private static int changed(@Nullable Object[] found, @Nullable Object[] given) {
        for (int i = 0; i < given.length; i++) {
            if (found[i] != given[i] && !isSame(found[i], given[i])) {
                return i;
            }
        }
        return -1;
    }

    /** Falls back to digests for copies that compare by identity, such as those of a list of arrays. */
    private static boolean isSame(@Nullable Object found, @Nullable Object given) {
        if (found == null || given == null) {
            return false;
        }
        if (Objects.deepEquals(found, given)) {
            return true;
        }
        try {
            Digester digester = Digester.standard();
            return digester.digest(found).equals(digester.digest(given));
        } catch (UndigestibleException e) {
            // what cannot be compared cannot be vouched for
            return false;
        }
    }

    private Object readCollection() {
        CollectionKind kind = CollectionKind.ofCode(source.readUnsignedByte());
        Comparator<Object> comparator = CollectionBuilder.isOrdered(kind) ? Comparators.read(source) : null;
        Class<?> enumType = CollectionBuilder.isOfEnum(kind) ? enumType() : null;
        CollectionBuilder builder = new CollectionBuilder(kind, comparator, enumType);
        if (kind.family() == Family.MAP) {
            @Nullable Object[] parts = readParts(2);
            Map<?, ?> map = builder.map(parts);
            checkDistinct(parts.length / 2, map.size());
            return map;
        }
        @Nullable Object[] parts = readParts(1);
        Collection<?> collection = builder.collection(parts);
        checkDistinct(parts.length, collection.size());
        return collection;
    }

    /** Reads a count, and that many times {@code each} values. */
    private @Nullable Object[] readParts(int each) {
        int length = claim(source.readCount(), each);
        @Nullable Object[] parts = new @Nullable Object[length];
        for (int i = 0; i < length; i++) {
            parts[i] = readPart();
        }
        return parts;
    }

    private void checkDistinct(int expected, int found) {
        if (expected != found) {
            throw source.damaged(expected + " different elements or keys", String.valueOf(found));
        }
    }

    /** Claims a byte for each of {@code each} parts of {@code count} elements, and returns how many parts these are. */
    private int claim(long count, int each) {
        long free = source.remaining() - claimed;
        if (count > free / each) {
            throw source.damaged("at least " + each + " bytes for each of " + count, free + " bytes");
        }
        claimed += count * each;
        return (int) count * each;
    }

    private @Nullable Object readPart() {
        claimed--;
        return read();
    }
}
