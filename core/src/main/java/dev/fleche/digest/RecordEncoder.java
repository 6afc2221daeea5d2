package dev.fleche.digest;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Encodes the records of a class: its name, the number of components, and each component's name and value. */
final class RecordEncoder implements ValueEncoder<Object> {

    private final RecordShape shape;
    private final byte[] className;
    private final byte[][] names;
    private final int count;

    RecordEncoder(RecordShape shape) {
        List<RecordShape.Component> components = shape.components();
        this.shape = shape;
        this.className = Names.encode(shape.type().getName());
        this.names = components.stream().map(c -> Names.encode(c.name())).toArray(byte[][]::new);
        this.count = (int) components.stream().filter(c -> !c.ignored()).count();
    }

    @Override
    public void encode(Object value, Walk walk) {
        @Nullable Object[] values = shape.values(value);
        walk.meet(shape.type());
        walk.out.putByte(Tag.RECORD);
        walk.out.putBytes(className);
        walk.out.putShort(count);
        for (int i = 0; i < values.length; i++) {
            RecordShape.Component component = shape.components().get(i);
            if (!component.ignored()) {
                walk.at(i);
                if (component.required() && values[i] == null) {
                    throw walk.fail(" is @Required and is null; pass a value");
                }
                walk.out.putBytes(names[i]);
                walk.child(component.content() ? contentOf(values[i]) : values[i]);
            }
        }
    }

    private static @Nullable FileContent contentOf(@Nullable Object file) {
        if (file == null) {
            return null;
        }
        return FileContent.of(file instanceof File old ? old.toPath() : (Path) file);
    }

    @Override
    public String step(Object value, int position, @Nullable Object note) {
        return "." + shape.components().get(position).name();
    }
}
