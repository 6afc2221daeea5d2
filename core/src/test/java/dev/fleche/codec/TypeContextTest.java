package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TypeContextTest {

    enum Unit {
        METRE,
        FOOT {}
    }

    record Length(double value, Unit unit) {}

    record Box<T>(T content, Optional<? extends Tree<T>> tree) {}

    record Tree<T>(T value, Tree<List<T>> next) {}

    sealed interface Shape permits Circle, Polygon {}

    record Circle(Length radius) implements Shape {}

    sealed interface Polygon extends Shape permits Square, Free {}

    record Square(Length side) implements Polygon {}

    non-sealed interface Free extends Polygon {}

    @SuppressWarnings("ArrayRecordComponent") // the point of it
    record Blob(Length[][] sides) implements Free {}

    interface Plugin {}

    static class Engine {}

    @SuppressWarnings({"unused", "TypeParameterUnusedInFormals"}) // read by reflection
    abstract static class Signatures {
        abstract Map<String, List<Length>> nested();

        abstract Box<Circle> generic();

        abstract Length[][] array();

        abstract List<? super Circle> wildcard();

        abstract <T extends Square & Serializable> T bounded();

        abstract List<Length>[] genericArray();

        abstract Shape sealed();

        abstract Object any();

        abstract <T> T variable();

        abstract Supplier<Plugin> plugin();

        abstract Engine engine();

        abstract Map<String, Object> bag();

        abstract Optional<LocalDate> known();

        abstract List<?> wild();
    }

    @Test
    void typeArgumentsAndComponentsAreReached() {
        assertThat(names(context("nested"))).containsExactlyInAnyOrder("Length", "Unit");
        assertThat(names(context("generic"))).containsExactlyInAnyOrder("Box", "Tree", "Circle", "Length", "Unit");
        assertThat(names(context("array"))).containsExactlyInAnyOrder("Length", "Unit");
        assertThat(names(context("genericArray"))).containsExactlyInAnyOrder("Length", "Unit");
        assertThat(names(context("wildcard"))).containsExactlyInAnyOrder("Circle", "Length", "Unit");
        assertThat(names(context("bounded"))).containsExactlyInAnyOrder("Square", "Length", "Unit");
    }

    @Test
    void permittedSubclassesAreReached() {
        assertThat(names(context("sealed")))
                .containsExactlyInAnyOrder("Shape", "Circle", "Polygon", "Square", "Free", "Length", "Unit");
    }

    @Test
    @SuppressWarnings("GetClassOnEnum") // the class of a constant with a body leads to its enum
    void allowedClassesAreReachedToo() {
        TypeContext context = TypeContext.of(null, List.of(), List.of(Blob.class, Unit.FOOT.getClass()));

        assertThat(names(context)).containsExactlyInAnyOrder("Blob", "Length", "Unit");
    }

    @Test
    void aClassIsFoundByItsBinaryNameOnly() {
        TypeContext context = context("array");

        assertThat(context.find(Length.class.getName())).contains(Length.class);
        assertThat(context.find("Length")).isEmpty();
        assertThat(context.find(Circle.class.getName())).isEmpty();
        assertThat(context.find("java.lang.Runtime")).isEmpty();
        assertThat(TypeContext.empty().find(Length.class.getName())).isEmpty();
    }

    @Test
    void aClassOfTheSameNameByAnotherLoaderIsNotContained() throws Exception {
        URL classes = Length.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes}, null)) {
            Class<?> other = loader.loadClass(Length.class.getName());

            assertThat(context("array").contains(Length.class)).isTrue();
            assertThat(context("array").contains(other)).isFalse();
        }
    }

    @Test
    void openTypesAreDescribed() {
        assertThat(context("any").openTypes()).containsExactly("Object");
        assertThat(context("variable").openTypes()).containsExactly("the type variable T");
        assertThat(context("plugin").openTypes())
                .containsExactlyInAnyOrder(
                        "java.util.function.Supplier, an interface that is not sealed",
                        Plugin.class.getName() + ", an interface that is not sealed");
        assertThat(context("engine").openTypes())
                .containsExactly(Engine.class.getName() + ", a class that is neither a record nor an enum");
        assertThat(context("sealed").openTypes())
                .containsExactly(Free.class.getName() + ", an interface that is not sealed");
    }

    @Test
    void closedTypesAreNotDescribed() {
        for (String method : List.of("nested", "generic", "array", "wildcard", "bounded", "bag", "known", "wild")) {
            assertThat(context(method).openTypes()).as(method).isEmpty();
        }
        assertThat(TypeContext.of(null, List.of(Free.class, Object.class), List.of(Blob.class))
                        .openTypes())
                .isEmpty();
    }

    @Test
    void aClassThatCannotBeLinkedIsLeftOut() throws Exception {
        try (URLClassLoader loader = new Partial(Length.class)) {
            Class<?> broken = loader.loadClass(Length.class.getName());

            TypeContext context = TypeContext.of(loader, List.of(broken, Circle.class), List.of());

            assertThat(names(context)).containsExactlyInAnyOrder("Circle", "Length", "Unit");
            assertThat(context.contains(Length.class)).isTrue();
            assertThat(context.openTypes())
                    .singleElement()
                    .asString()
                    .startsWith(Length.class.getName() + ", which cannot be linked: java.lang.NoClassDefFoundError");
        }
    }

    /** A loader that knows one class of the tests and none of those that it needs. */
    private static final class Partial extends URLClassLoader {

        private final String only;

        Partial(Class<?> only) {
            super(new URL[] {only.getProtectionDomain().getCodeSource().getLocation()}, null);
            this.only = only.getName();
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (!name.equals(only)) {
                throw new ClassNotFoundException(name);
            }
            return super.findClass(name);
        }
    }

    private static TypeContext context(String method) {
        Type type = Arrays.stream(Signatures.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method))
                .findFirst()
                .orElseThrow()
                .getGenericReturnType();
        return TypeContext.of(TypeContextTest.class.getClassLoader(), List.of(type), List.of());
    }

    /** Returns the simple names of the classes of this test that are in {@code context}. */
    private static List<String> names(TypeContext context) {
        return Arrays.stream(TypeContextTest.class.getDeclaredClasses())
                .filter(context::contains)
                .map(Class::getSimpleName)
                .toList();
    }
}
