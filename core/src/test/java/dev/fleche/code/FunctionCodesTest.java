package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Option;
import dev.fleche.code.CodeManifest.Entry;
import dev.fleche.code.CodeManifest.Kind;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FunctionCodesTest {

    interface Shape {
        double area();

        default double twice() {
            return 2 * area();
        }
    }

    record Circle(double r) implements Shape {
        @Override
        public double area() {
            return Pi.pi() * r * r;
        }
    }

    record Square(double a) implements Shape, Comparable<Square> {
        @Override
        public double area() {
            return a * a;
        }

        @Override
        public int compareTo(Square other) {
            return Double.compare(a, other.a);
        }
    }

    static final class Pi {
        static double pi() {
            return Math.PI;
        }
    }

    static class Base {
        Base() {
            init();
        }

        void init() {}

        double value() {
            return 1;
        }
    }

    static final class Derived extends Base {
        @Override
        void init() {
            Pi.pi();
        }

        @Override
        double value() {
            return 2;
        }
    }

    static final class Functions {
        static double area(Shape shape) {
            return shape.twice();
        }

        static double circle(double r) {
            return area(new Circle(r));
        }

        static long sum(List<Shape> shapes) {
            return shapes.stream().map(each -> each.area() + Pi.pi()).count();
        }

        static int mode(TimeUnit unit) {
            return switch (unit) {
                case DAYS -> 1;
                case HOURS -> 2;
                default -> 3;
            };
        }
    }

    @Test
    void theCodeOfAFunctionIsWhatItReaches() {
        ReachedCode code = code("circle").reached(null, Set.of());

        assertThat(names(code))
                .contains(
                        name("Functions.area(" + name("Shape") + ")"),
                        name("Circle.area()"),
                        name("Pi.pi()"),
                        name("Shape.twice()"))
                .doesNotContain(name("Square.area()"));
        assertThat(code.data()).containsExactly(name("Circle"));
        assertThat(code.warnings()).isEmpty();
        assertThat(code.own().entries()).extracting(Entry::kind).containsExactly(Kind.ROOT);
    }

    @Test
    void theClassesOfArgumentsBringTheirCode() {
        FunctionCode function = code("area");

        assertThat(names(function.reached(null, Set.of()))).doesNotContain(name("Circle.area()"), name("Pi.pi()"));
        assertThat(names(function.reached(null, Set.of(Circle.class))))
                .contains(name("Circle.area()"), name("Pi.pi()"));
        assertThat(names(function.reached(null, Set.of(Square[].class))))
                .contains(name("Square.area()"), name("Square.compareTo(java.lang.Object)"));
    }

    @Test
    void whatIsAskedAgainIsKnown() {
        FunctionCode function = code("area");

        ReachedCode first = function.reached(null, Set.of(Circle.class));

        assertThat(function.reached(null, Set.of(Circle.class))).isSameAs(first);
        assertThat(function.reached(null, Set.of(Circle.class, String.class))).isSameAs(first);
        assertThat(function.reached(null, Set.of(Square.class))).isNotEqualTo(first);
    }

    @Test
    void whoAsksForTheSameSharesItsAnalysis() throws Exception {
        Executable area = Functions.class.getDeclaredMethod("area", Shape.class);

        assertThat(code("area")).isSameAs(code("area")).isNotSameAs(code("circle"));
        assertThat(FunctionCodes.of(new FunctionCode.Scope(area, List.of(), List.of(), false)))
                .isNotSameAs(code("area"));
    }

    @Test
    void theReceiversClassDecidesWhichCodeRuns() throws Exception {
        FunctionCode function = code(Base.class.getDeclaredMethod("value"));

        ReachedCode base = function.reached(Base.class, Set.of(Base.class));
        ReachedCode derived = function.reached(Derived.class, Set.of(Derived.class));

        assertThat(derived.own()).isNotEqualTo(base.own());
        assertThat(derived.own())
                .isEqualTo(code(Derived.class.getDeclaredMethod("value"))
                        .reached(Derived.class, Set.of())
                        .own());
    }

    @Test
    void aConstructorReachesWhatItsSuperclassCallsOfTheNewObject() throws Exception {
        FunctionCode function = code(Derived.class.getDeclaredConstructor());

        assertThat(names(function.reached(null, Set.of()))).contains(name("Derived.init()"), name("Pi.pi()"));
    }

    @Test
    void aProxyCountsAsTheDeclaringClass() throws Exception {
        FunctionCode function = code(Shape.class.getDeclaredMethod("twice"));
        Object proxy = Proxy.newProxyInstance(
                Shape.class.getClassLoader(), new Class<?>[] {Shape.class}, (self, method, arguments) -> 1.0);

        ReachedCode code = function.reached(proxy.getClass(), Set.of(proxy.getClass()));

        assertThat(code.warnings()).isEmpty();
        assertThat(code.own())
                .isEqualTo(function.reached(Circle.class, Set.of()).own());
    }

    @Test
    void aHiddenClassCountsAsItsFirstSuperclassWithACompiler() throws Exception {
        FunctionCode function = code(Shape.class.getDeclaredMethod("twice"));
        Shape lambda = () -> Pi.pi();

        ReachedCode code = function.reached(lambda.getClass(), Set.of(lambda.getClass()));

        assertThat(code.warnings()).isEmpty();
        assertThat(names(code)).contains(name("Shape.area()")).doesNotContain(name("Pi.pi()"));
    }

    @Test
    void theBodyOfALambdaIsAFunction() {
        Method body = Arrays.stream(Functions.class.getDeclaredMethods())
                .filter(each -> each.getName().startsWith("lambda$sum"))
                .findFirst()
                .orElseThrow();

        assertThat(names(code(body).reached(null, Set.of(Circle.class))))
                .contains(name("Pi.pi()"), name("Circle.area()"));
    }

    @Test
    void dependenciesCountWithAllTheirMethods() throws Exception {
        Executable area = Functions.class.getDeclaredMethod("area", Shape.class);
        FunctionCode function = FunctionCodes.of(new FunctionCode.Scope(area, List.of(Square.class), List.of(), true));

        assertThat(names(function.reached(null, Set.of())))
                .contains(name("Square.area()"), name("Square.<init>(double)"), name("Square.a()"));
    }

    @Test
    void aFunctionOfTheJdkHasNoCodeOfTheUsers() throws Exception {
        FunctionCode function = code(String.class.getMethod("length"));

        ReachedCode code = function.reached(String.class, Set.of(String.class));

        assertThat(code.all().entries()).containsExactly(new Entry(Kind.ROOT, "", "foreign"));
        assertThat(code.warnings()).isEmpty();
    }

    @Test
    void aLibraryThatIsUsedEntersWithItsVersion() throws Exception {
        ReachedCode code =
                code(FunctionCodesTest.class.getDeclaredMethod("usesLibrary")).reached(null, Set.of());

        assertThat(code.all().entries())
                .filteredOn(each -> each.kind() == Kind.LIBRARY)
                .extracting(Entry::name)
                .anyMatch(each -> each.contains("assertj-core"));
    }

    static Object usesLibrary() {
        return assertThat(1);
    }

    @Test
    void thePackagesAreToldByTheNumberOfMethods() {
        ReachedCode code = code("circle").reached(null, Set.of());

        assertThat(code.packages())
                .containsExactly(new ReachedCode.PackageCount("dev.fleche.code", code.methods() - 1));
        assertThat(code.packages().get(0)).hasToString("dev.fleche.code (" + (code.methods() - 1) + ")");
    }

    @Test
    void aComparatorThatAFunctionMakesIsCalledByTheJdk() throws Exception {
        FunctionCode function = code(FunctionCodesTest.class.getDeclaredMethod("sorted", List.class));

        assertThat(names(function.reached(null, Set.of())))
                .contains(name("ByArea.compare(java.lang.Object,java.lang.Object)"));
    }

    static List<Shape> sorted(List<Shape> shapes) {
        return shapes.stream().sorted(new ByArea()).toList();
    }

    static final class ByArea implements Comparator<Shape> {
        @Override
        public int compare(Shape one, Shape other) {
            return Double.compare(one.area(), other.area());
        }
    }

    static final class Memos {
        static final Memo1<Double, Double> ONE = Fleche.of(Memos::one);
        static final Memo1<Double, Double> TWO = Fleche.of(Memos::two, Option.version("2"), Option.strict());
        static final double DONE = Fleche.of(Memos::three).apply(1.0);

        static double one(double x) {
            return x;
        }

        static double two(double x) {
            return ONE.apply(x);
        }

        static double three(double x) {
            return x;
        }
    }

    @Test
    void aMemoInAFieldCountsForThoseWhoNameTheField() throws Exception {
        String one = name("Memos.one(double)");
        String two = name("Memos.two(double)");

        List<String> ofOne =
                names(code(Memos.class.getDeclaredMethod("one", double.class)).reached(null, Set.of()));
        List<String> ofTwo =
                names(code(Memos.class.getDeclaredMethod("two", double.class)).reached(null, Set.of()));
        List<String> literal =
                names(code(FunctionCodesTest.class.getDeclaredMethod("literal")).reached(null, Set.of()));

        assertThat(ofOne)
                .contains(name("Memos.<clinit>()"), name("Memos.three(double)"))
                .doesNotContain(two);
        assertThat(ofTwo).contains(one).noneMatch(each -> each.contains("<memo>"));
        assertThat(literal).contains(one, two);
    }

    static Class<?> literal() {
        return Memos.class;
    }

    private static FunctionCode code(String function) {
        return code(Arrays.stream(Functions.class.getDeclaredMethods())
                .filter(each -> each.getName().equals(function))
                .findFirst()
                .orElseThrow());
    }

    private static FunctionCode code(Executable function) {
        return FunctionCodes.of(new FunctionCode.Scope(function, List.of(), List.of(), true));
    }

    private static List<String> names(ReachedCode code) {
        return ReachTest.methods(code);
    }

    private static String name(@Nullable String simple) {
        return FunctionCodesTest.class.getName() + "$" + simple;
    }
}
