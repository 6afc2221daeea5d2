package dev.fleche.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Collects what a class file says. Not thread-safe; confined to one reading. */
final class ClassScan extends ClassVisitor {

    private static final int API = Opcodes.ASM9;
    /** The flags of class files; the reader adds one for records and others for attributes such as Deprecated. */
    private static final int FLAGS = 0xFFFF;

    private static final int FIELD_FLAGS = Opcodes.ACC_STATIC | Opcodes.ACC_VOLATILE | Opcodes.ACC_TRANSIENT;

    final List<MethodCode> methods = new ArrayList<>();
    final Map<String, String> constants = new TreeMap<>();
    final List<String> enumConstants = new ArrayList<>();
    String name = "";
    int access;

    @Nullable
    String superName;

    List<String> interfaces = List.of();

    private final SortedSet<String> fields = new TreeSet<>();
    private final List<StringBuilder> annotations = new ArrayList<>();
    private String genericTypes = "";

    ClassScan() {
        super(API);
    }

    @Override
    public void visit(
            int version,
            int flags,
            String className,
            @Nullable String signature,
            @Nullable String superclass,
            String @Nullable [] superinterfaces) {
        name = className;
        access = flags & (FLAGS | Opcodes.ACC_RECORD);
        superName = superclass;
        genericTypes = signature == null ? "" : signature;
        interfaces = superinterfaces == null ? List.of() : List.of(superinterfaces);
    }

    @Override
    public @Nullable FieldVisitor visitField(
            int flags, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
        if ((flags & Opcodes.ACC_STATIC) != 0 && value != null) {
            constants.put(field.concat(":").concat(descriptor), text(value));
        }
        if ((flags & Opcodes.ACC_SYNTHETIC) == 0) {
            boolean hides = (flags & Opcodes.ACC_STATIC) == 0 || hasSupertypes();
            if (hides) {
                fields.add(field + ':' + descriptor + ':' + (flags & FIELD_FLAGS));
            }
        }
        if ((flags & Opcodes.ACC_ENUM) != 0) {
            enumConstants.add(field);
        }
        return null;
    }

    /** A static field may hide one of a supertype, if there is one that has fields of its own. */
    private boolean hasSupertypes() {
        boolean found = superName != null && !superName.startsWith("java/");
        for (String each : interfaces) {
            found |= !each.startsWith("java/");
        }
        return found;
    }

    @Override
    public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
        if (!visible) {
            return null;
        }
        StringBuilder text = new StringBuilder(descriptor);
        annotations.add(text);
        return new AnnotationText(api, text);
    }

    /** Returns what stands in the class beside its methods; annotations in any order. */
    String declarations() {
        if (fields.isEmpty() && genericTypes.isEmpty() && annotations.isEmpty()) {
            return "";
        }
        SortedSet<String> texts = new TreeSet<>();
        for (StringBuilder each : annotations) {
            texts.add(each.toString());
        }
        return String.join(" ", fields) + ' ' + genericTypes + ' ' + String.join(" ", texts);
    }

    @Override
    public MethodVisitor visitMethod(
            int flags, String method, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodId id = new MethodId(name, method, descriptor);
        return new MethodScan(API, id, flags & FLAGS, methods);
    }

    /** Returns the value as text; NaNs with their bits, which may be read. */
    private static String text(Object value) {
        if (value instanceof Double d && d.isNaN()) {
            return "NaN:".concat(Long.toHexString(Double.doubleToRawLongBits(d)));
        }
        if (value instanceof Float f && f.isNaN()) {
            return "NaN:".concat(Integer.toHexString(Float.floatToRawIntBits(f)));
        }
        return value.toString();
    }
}
