package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Executable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a key tells its function of the code that the arguments bring along. */
class MetCodeTest {

    private static final FunctionId FUN = new FunctionId("A", "fun", List.of());
    private static final Digest ANY = Digest.of(new byte[32]);

    private final Digester digester = new Digester(List::of);
    private final Set<Class<?>> classes = new HashSet<>();
    private final Set<Executable> functions = new HashSet<>();

    record Point(double x) {}

    record Mesh(List<Point> points, @Nullable Object more) {}

    enum Kind {
        PLAIN,
        BODIED {
            @Override
            public String toString() {
                return "b";
            }
        }
    }

    static final class Counter implements Digestible {
        @Override
        public Object digestKey() {
            return Kind.PLAIN;
        }
    }

    /** A value that counts how often it is asked for its content. */
    record Asked(AtomicInteger times) implements Digestible {
        @Override
        public Object digestKey() {
            times.incrementAndGet();
            return 1;
        }
    }

    /** A function that a test makes known, with what it captured and what was met in it. */
    static final class Fun {
        private final Object captured;
        private final Set<Class<?>> met = new HashSet<>();

        Fun(Object captured) {
            this.captured = captured;
        }
    }

    @Test
    void valuesOfTheJdkBringNoCode() {
        met(1, "two", 3.0, List.of(4L), Map.of("k", new int[5]), Optional.of(TimeUnit.DAYS), String.class, null);

        assertThat(classes).isEmpty();
    }

    @Test
    void classesOfTheUserAreMetAtAnyDepth() {
        met(Map.of("k", List.of(new Mesh(List.of(new Point(1), new Point(2)), Optional.of(Kind.BODIED)))));

        assertThat(classes).containsExactlyInAnyOrder(Mesh.class, Point.class, ((Object) Kind.BODIED).getClass());
    }

    @Test
    void digestiblesRulesClassesAndArraysBringTheirClasses() {
        digester.register(RulesTest.rule(TimeZone.class, "zone", 1, TimeZone::getID));

        met(new Counter(), Point.class, new Mesh[0], new TreeSet<>(Set.of(Kind.PLAIN)));

        assertThat(classes).containsExactlyInAnyOrder(Counter.class, Kind.class, Point.class, Mesh.class);
    }

    @Test
    void nothingIsLeftOverFromTheCallBefore() {
        met(new Point(1));
        classes.clear();

        met(2);

        assertThat(classes).isEmpty();
    }

    @Test
    void aLongValueMetTwiceStillBringsItsClasses() {
        List<Point> points = points();

        met(points, new Mesh(points, points));

        assertThat(classes).containsExactlyInAnyOrder(Mesh.class, Point.class);
    }

    @Test
    void aFunctionIsToldTheClassesThatItCapturedAlone() {
        knowFunctions(null);
        Fun fun = new Fun(List.of(new Point(1)));

        met(Kind.PLAIN, fun);

        assertThat(fun.met).containsExactly(Point.class);
        assertThat(classes).containsExactlyInAnyOrder(Kind.class, Point.class);
    }

    @Test
    void aFunctionIsToldTheClassesOfWhatWasWalkedThroughBefore() {
        knowFunctions(null);
        List<Point> points = points();
        Fun first = new Fun(points);
        Fun second = new Fun(points);
        Fun around = new Fun(List.of(second, points, 1));

        met(points, first, around);

        assertThat(first.met).containsExactly(Point.class);
        assertThat(second.met).containsExactly(Point.class);
        assertThat(around.met).containsExactly(Point.class);
    }

    @Test
    void whatManyFunctionsCapturedIsWalkedThroughTwice() {
        knowFunctions(null);
        Asked asked = new Asked(new AtomicInteger());
        List<Object> values = new ArrayList<>(points());
        values.add(asked);
        List<Object> captured = List.copyOf(values);
        List<Fun> functions = Stream.generate(() -> new Fun(captured)).limit(50).toList();

        met(functions);

        assertThat(asked.times).hasValue(2);
        assertThat(functions)
                .allSatisfy(each -> assertThat(each.met).containsExactlyInAnyOrder(Point.class, Asked.class));
    }

    @Test
    void whatFunctionsInFunctionsCapturedIsWalkedThroughTwice() {
        knowFunctions(null);
        Asked asked = new Asked(new AtomicInteger());
        List<Object> values = new ArrayList<>(points());
        values.add(asked);
        Object captured = List.copyOf(values);
        Fun deep = new Fun(captured);
        for (int i = 0; i < 20; i++) {
            deep = new Fun(List.of(captured, deep, new double[1000]));
        }

        met(captured, deep);

        assertThat(asked.times).hasValue(2);
        assertThat(deep.met).containsExactlyInAnyOrder(Point.class, Asked.class);
    }

    @Test
    void aLongFunctionMetAgainInAnotherStillBringsItsClasses() {
        knowFunctions(null);
        Fun inner = new Fun(List.of(new double[1000], new double[100], new double[500], new Point(1)));
        Fun outer = new Fun(inner);

        met(inner, outer);

        assertThat(outer.met).containsExactly(Point.class);
    }

    @Test
    void theCapturedValuesAreTheSameBytesWhetherMetBeforeOrNot() {
        knowFunctions(null);
        List<Point> points = points();
        List<Point> copy = new ArrayList<>(points);

        assertThat(met(points, new Fun(points))).isEqualTo(met(copy, new Fun(points)));
    }

    @Test
    void theMethodsBehindFunctionsAreMetAtAnyDepth() throws Exception {
        Executable root = Object.class.getMethod("hashCode");
        knowFunctions(root);

        met(List.of(new Fun(1)));

        assertThat(functions).containsExactly(root);
    }

    @Test
    void whatTheFunctionThrowsPassesUnchanged() {
        IllegalStateException trouble = new IllegalStateException("no class file");

        assertThatThrownBy(() -> digester.key(
                        met -> {
                            throw trouble;
                        },
                        new Object[] {1},
                        List.of()))
                .isSameAs(trouble);
    }

    private static List<Point> points() {
        Point[] points = new Point[500];
        Arrays.setAll(points, Point::new);
        return List.of(points);
    }

    private void knowFunctions(@Nullable Executable root) {
        digester.register(value -> value instanceof Fun fun
                ? Optional.of(new FunctionReference(
                        FUN,
                        null,
                        met -> {
                            fun.met.addAll(met.classes());
                            return ANY;
                        },
                        root,
                        List.of(fun.captured)))
                : Optional.empty());
    }

    private Digest met(@Nullable Object... arguments) {
        return digester.key(
                        met -> {
                            classes.addAll(met.classes());
                            functions.addAll(met.functions());
                            return ANY;
                        },
                        arguments,
                        List.of())
                .key();
    }
}
