package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class GeneratedClassesTest {

    /** A class with a body, so that it is one of the user's. */
    public static class Service {}

    /** What a generator marks its classes with. */
    public interface Marked {}

    /** What the Kotlin compiler may call a class. */
    public static class Kotlin$$inlined$map extends Service {}

    /** What Spring writes when it compiles ahead of time. */
    public static class Service$$SpringCGLIB$$0 extends Service implements Marked {}

    @Test
    void aClassWithAClassFileCountsItself() {
        assertThat(GeneratedClasses.first(Service.class)).isEqualTo(Service.class);
        assertThat(GeneratedClasses.first(Kotlin$$inlined$map.class)).isEqualTo(Kotlin$$inlined$map.class);
        assertThat(GeneratedClasses.behind(Set.of(Service.class))).containsExactly(Service.class);
    }

    @Test
    void anArrayCountsAsItsElements() {
        assertThat(GeneratedClasses.behind(List.of(Service[][].class, int[].class)))
                .containsExactly(Service.class);
    }

    @Test
    void aSubclassWithAGeneratorsNameCountsAsItsSuperclassAndInterfaces() {
        assertThat(GeneratedClasses.first(Service$$SpringCGLIB$$0.class)).isEqualTo(Service.class);
        assertThat(GeneratedClasses.behind(Set.of(Service$$SpringCGLIB$$0.class)))
                .containsExactly(Marked.class, Service.class);
    }

    @Test
    void aSubclassWithoutAClassFileCountsAsItsSuperclassIfItsNameHasTwoDollarSigns() throws Exception {
        Class<?> named = define("dev/fleche/code/Service$$Gen1");
        Class<?> plain = define("dev/fleche/code/ServiceGen1");

        assertThat(GeneratedClasses.first(named)).isEqualTo(Service.class);
        assertThat(GeneratedClasses.first(plain)).isEqualTo(plain);
    }

    @Test
    void aProxyCountsAsItsInterfaces() {
        Object proxy = Proxy.newProxyInstance(
                Marked.class.getClassLoader(), new Class<?>[] {Marked.class}, (self, method, arguments) -> null);

        assertThat(GeneratedClasses.behind(Set.of(proxy.getClass()))).contains(Marked.class);
    }

    @Test
    void aLambdaCountsAsItsInterfaces() {
        Comparator<String> lambda = (one, other) -> one.length() - other.length();

        assertThat(GeneratedClasses.first(lambda.getClass())).isNull();
        assertThat(GeneratedClasses.behind(Set.of(lambda.getClass()))).containsExactly(Comparator.class);
    }

    private static Class<?> define(String name) throws ReflectiveOperationException {
        String superName = GeneratedClasses.internalName(Service.class);
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_SUPER, name, null, superName, null);
        MethodVisitor constructor = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(Opcodes.INVOKESPECIAL, superName, "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        byte[] bytes = writer.toByteArray();
        ClassLoader loader = new ClassLoader(Service.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String wanted) throws ClassNotFoundException {
                if (!wanted.equals(name.replace('/', '.'))) {
                    throw new ClassNotFoundException(wanted);
                }
                return defineClass(wanted, bytes, 0, bytes.length);
            }
        };
        return Class.forName(name.replace('/', '.'), false, loader);
    }
}
