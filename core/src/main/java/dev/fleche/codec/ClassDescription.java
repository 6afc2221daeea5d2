package dev.fleche.codec;

import dev.fleche.digest.RecordShape;
import dev.fleche.digest.RecordShape.Component;
import java.util.Arrays;
import java.util.List;

/**
 * What stands in a payload about a class where it is met first.
 *
 * <p>One instance per class, since a description is written and compared far more often than it is made. Immutable.
 */
final class ClassDescription {

    static final int PLAIN = 0;
    static final int ENUM = 1;
    static final int RECORD = 2;

    private static final ClassValue<ClassDescription> DESCRIPTIONS = new ClassValue<>() {
        @Override
        protected ClassDescription computeValue(Class<?> type) {
            return new ClassDescription(type);
        }
    };

    private final Class<?> type;
    private final int kind;
    private final int[] primitives;
    private final byte[] shape;
    private final byte[] whole;

    private ClassDescription(Class<?> type) {
        this.type = type;
        kind = type.isRecord() ? RECORD : type.isEnum() ? ENUM : PLAIN;
        List<Component> components = type.isRecord() ? RecordShape.of(type).components() : List.of();
        primitives = components.stream()
                .mapToInt(component -> Primitives.code(component.type()))
                .toArray();
        PayloadSink sink = new PayloadSink(new byte[0], Integer.MAX_VALUE);
        sink.writeByte(kind);
        sink.writeString(type.getName());
        int nameEnd = sink.size();
        if (type.isRecord()) {
            sink.writeCount(components.size());
            for (int i = 0; i < primitives.length; i++) {
                sink.writeByte(primitives[i]);
                sink.writeString(components.get(i).name());
            }
        }
        whole = sink.toEncoded();
        shape = Arrays.copyOfRange(whole, nameEnd, whole.length);
    }

    static ClassDescription of(Class<?> type) {
        return DESCRIPTIONS.get(type);
    }

    /** Returns the number of a record's components. */
    int size() {
        return primitives.length;
    }

    /** Returns the number of the primitive type of a component, or that of no primitive type. */
    int primitive(int component) {
        return primitives[component];
    }

    void write(PayloadSink sink) {
        sink.writeBytes(whole);
    }

    /**
     * Reads what follows the name.
     *
     * @param kind what stood before the name
     * @throws CodecException if the class was another one when it was written
     */
    void check(int kind, PayloadSource source) {
        if (kind != this.kind || !source.skip(shape)) {
            throw new CodecException("expected a value of " + type.getName() + " as that class is, found one of another"
                    + " shape; it was stored before the class was changed");
        }
    }
}
