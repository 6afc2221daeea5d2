package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.code.CodeManifest.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnalysedFunctionTest {

    /** What functions are given. */
    public interface Shape {
        /** Returns the area. */
        double area();
    }

    /** A shape that another class loader may have. */
    public static final class Plugin implements Shape {
        @Override
        public double area() {
            return Part.two();
        }
    }

    /** What the shape calls. */
    static final class Part {
        static double two() {
            return 2;
        }
    }

    static double area(Shape shape) {
        return shape.area();
    }

    @Test
    void aClassThatTheFunctionsLoaderDoesNotSeeIsAnalysedToo() throws Exception {
        FunctionCode function = function();

        ReachedCode reached = function.reached(null, Set.of(new Other().load(Plugin.class)));

        assertThat(ReachTest.methods(reached))
                .contains(
                        AnalysedFunctionTest.class.getName() + "$Plugin.area()",
                        AnalysedFunctionTest.class.getName() + "$Part.two()");
        assertThat(reached.all())
                .isEqualTo(function.reached(null, Set.of(Plugin.class)).all());
    }

    @Test
    void classesOfOneNameAreToldApart() throws Exception {
        FunctionCode function = function();
        Class<?> other = new Other().load(Plugin.class);

        ReachedCode reached = function.reached(null, Set.of(other));

        assertThat(function.reached(null, Set.of(Plugin.class))).isNotSameAs(reached);
        assertThat(function.reached(null, Set.of(other))).isSameAs(reached);
        assertThat(function.reached(null, Set.of(new Other().load(Plugin.class))))
                .isNotSameAs(reached);
    }

    @Test
    void noClassLoaderOfArgumentsIsKept() throws Exception {
        FunctionCode function = function();
        WeakReference<ClassLoader> loader = ask(function);

        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
        assertThat(function.reached(null, Set.of()).methods()).isPositive();
    }

    @Test
    void noClassLoaderOfDependenciesIsKept() throws Exception {
        WeakReference<ClassLoader> loader = askWithDependency();

        for (int i = 0; i < 100 && loader.get() != null; i++) {
            System.gc();
        }

        assertThat(loader.get()).isNull();
    }

    private static WeakReference<ClassLoader> askWithDependency() throws Exception {
        Method area = AnalysedFunctionTest.class.getDeclaredMethod("area", Shape.class);
        Other loader = new Other();
        FunctionCode.Scope scope = new FunctionCode.Scope(area, List.of(loader.load(Plugin.class)), List.of(), true);
        assertThat(FunctionCodes.of(scope).reached(null, Set.of()).methods()).isGreaterThan(2);
        return new WeakReference<>(loader);
    }

    private static WeakReference<ClassLoader> ask(FunctionCode function) throws Exception {
        Other loader = new Other();
        assertThat(function.reached(null, Set.of(loader.load(Plugin.class))).methods())
                .isGreaterThan(2);
        return new WeakReference<>(loader);
    }

    @Test
    void threadsThatAskAtOnceGetTheSame() throws Exception {
        FunctionCode function = function();
        var threads = Executors.newFixedThreadPool(4);
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<ReachedCode>> all = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        start.await();
                        return function.reached(null, Set.of(Plugin.class));
                    }))
                    .toList();
            start.countDown();
            for (Future<ReachedCode> each : all) {
                assertThat(each.get()).isSameAs(all.get(0).get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anUnknownMethodOfAClassCountsWithAllThatLiesBesideIt() throws Exception {
        Method area = AnalysedFunctionTest.class.getDeclaredMethod("area", Shape.class);
        Program program = new Program();
        program.type(GeneratedClasses.internalName(AnalysedFunctionTest.class)).method("other()V");
        FunctionCode function = new AnalysedFunction(scope(area), others -> program);

        ReachedCode reached = function.reached(null, Set.of());

        assertThat(ReachTest.named(reached, Kind.OPAQUE))
                .containsExactly(AnalysedFunctionTest.class.getName() + ".area(L"
                        + GeneratedClasses.internalName(Shape.class) + ";)D=source of "
                        + GeneratedClasses.internalName(AnalysedFunctionTest.class));
        assertThat(reached.own().entries()).hasSize(2);
        assertThat(reached.warnings()).singleElement().asString().contains("is not in the class file");
    }

    private static FunctionCode function() throws NoSuchMethodException {
        return FunctionCodes.of(scope(AnalysedFunctionTest.class.getDeclaredMethod("area", Shape.class)));
    }

    private static FunctionCode.Scope scope(Method method) {
        return new FunctionCode.Scope(method, List.of(), List.of(), true);
    }

    /** A class loader with classes of its own, from the same files. */
    private static final class Other extends ClassLoader {

        Other() {
            super(AnalysedFunctionTest.class.getClassLoader());
        }

        Class<?> load(Class<?> type) throws IOException {
            try (InputStream in = getResourceAsStream(GeneratedClasses.internalName(type) + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(type.getName(), bytes, 0, bytes.length);
            }
        }
    }
}
