package dev.fleche.code;

import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;

/** Writes what an annotation says as text. Not thread-safe; confined to one reading. */
final class AnnotationText extends AnnotationVisitor {

    private final StringBuilder out;

    AnnotationText(int api, StringBuilder out) {
        super(api);
        this.out = out.append('(');
    }

    @Override
    public void visit(@Nullable String name, Object value) {
        begin(name).append(text(value));
    }

    private static String text(Object value) {
        String text = value.toString();
        if (value.getClass().isArray()) {
            StringBuilder all = new StringBuilder("[");
            for (int i = 0; i < Array.getLength(value); i++) {
                all.append(Array.get(value, i)).append(',');
            }
            return all.append(']').toString();
        }
        return text.length() + ":" + text;
    }

    @Override
    public void visitEnum(@Nullable String name, String descriptor, String value) {
        begin(name).append(descriptor).append('.').append(value);
    }

    @Override
    public AnnotationVisitor visitAnnotation(@Nullable String name, String descriptor) {
        return new AnnotationText(api, begin(name).append(descriptor));
    }

    @Override
    public AnnotationVisitor visitArray(String name) {
        return new AnnotationText(api, begin(name));
    }

    private StringBuilder begin(@Nullable String name) {
        return out.append(name == null ? "" : name).append('=');
    }

    @Override
    public void visitEnd() {
        out.append(')');
    }
}
