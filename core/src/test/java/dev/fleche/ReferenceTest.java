package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fleche.References.Base;
import dev.fleche.References.Heir;
import dev.fleche.References.Op;
import dev.fleche.References.Point;
import dev.fleche.References.Shape;
import dev.fleche.References.Square;
import dev.fleche.References.Sub;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {

    private static final String HERE = "dev.fleche.References";
    private static final Square SQUARE = new Square(3);
    private static final Sub SUB = new Sub();

    private static Arguments row(String kind, int arity, Serializable function, String id, Object... captured) {
        return arguments(kind, arity, function, id, List.of(captured));
    }

    private static <A, R> Fn1<A, R> one(Fn1<A, R> function) {
        return function;
    }

    private static <A, B, R> Fn2<A, B, R> two(Fn2<A, B, R> function) {
        return function;
    }

    static Stream<Arguments> references() {
        Fn1<Integer, String> overloadedInt = References::overloaded;
        Fn1<String, String> overloadedString = References::overloaded;
        Fn1<Integer, Integer> throughBase = ((Base) SUB)::rate;
        Shape shape = SQUARE;
        return Stream.of(
                row("static", 2, two(References::add), HERE + ".add(int,int)"),
                row("private static", 1, References.privateStatic(), HERE + ".hidden(int)"),
                row("overloaded, by target type", 1, overloadedInt, HERE + ".overloaded(int)"),
                row("overloaded, by target type", 1, overloadedString, HERE + ".overloaded(java.lang.String)"),
                row(
                        "generic",
                        1,
                        ReferenceTest.<String, String>one(References::same),
                        HERE + ".same(java.lang.Object)"),
                row("bound", 1, one(new Point(1, 2)::shifted), HERE + "$Point.shifted(int)", new Point(1, 2)),
                row("bound, private", 1, new Point(1, 2).privateBound(), HERE + "$Point.hidden(int)", new Point(1, 2)),
                row("unbound", 2, two(Point::shifted), HERE + "$Point.shifted(int)"),
                row("record constructor", 2, two(Point::new), HERE + "$Point.<init>(int,int)"),
                row("constructor", 1, one(Square::new), HERE + "$Square.<init>(double)"),
                row("interface", 1, one(shape::area), HERE + "$Shape.area(double)", SQUARE),
                row("interface, unbound", 2, two(Shape::area), HERE + "$Shape.area(double)"),
                row("default", 1, one(shape::title), HERE + "$Shape.title(java.lang.String)", SQUARE),
                row("default, inherited", 1, one(SQUARE::title), HERE + "$Shape.title(java.lang.String)", SQUARE),
                row("enum constant", 1, one(Op.PLUS::twice), HERE + "$Op.twice(int)", Op.PLUS),
                row("overridden, through the base", 1, throughBase, HERE + "$Base.rate(int)", SUB),
                row("overriding", 1, one(SUB::rate), HERE + "$Sub.rate(int)", SUB),
                row("inherited", 2, ReferenceTest.<Heir, Integer, Integer>two(Heir::rate), HERE + "$Base.rate(int)"),
                row("covariant", 1, one(SUB::covariant), HERE + "$Sub.covariant(int)", SUB),
                row("JDK, unbound", 1, ReferenceTest.<String, Integer>one(String::length), "java.lang.String.length()"),
                row("JDK, bound", 1, one("abc"::concat), "java.lang.String.concat(java.lang.String)", "abc"),
                row(
                        "JDK, static",
                        2,
                        ReferenceTest.<Double, Double, Double>two(Math::pow),
                        "java.lang.Math.pow(double,double)"),
                row("JDK, interface", 1, ReferenceTest.<List<String>, Integer>one(List::size), "java.util.List.size()"),
                row(
                        "of Object, through an interface",
                        1,
                        ReferenceTest.<Shape, String>one(Shape::toString),
                        "java.lang.Object.toString()"));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("references")
    void aMethodReferenceNamesItsMethod(
            String kind, int arity, Serializable function, String id, List<Object> captured) {
        Reference reference = Reference.of(function);
        Profile profile = Profile.of(function, arity);

        assertThat(reference.target().isLambda()).as(kind).isFalse();
        assertThat(reference.captured()).isEqualTo(captured);
        assertThat(profile.id()).hasToString(id);
    }

    static Stream<Arguments> lambdas() {
        return Stream.of(
                arguments("lambda", References.unnamed()),
                arguments("lambda with captures", References.capturing(1, "two")),
                arguments("lambda on this", new Point(1, 2).lambdaOnThis()),
                arguments("varargs", two((Fn2<Integer, Integer, Integer>) References::sum)),
                arguments("super", SUB.superReference()),
                arguments("array constructor", one((Fn1<Integer, int[]>) int[]::new)),
                arguments("clone of an array", one((Fn1<int[], Object>) int[]::clone)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lambdas")
    void whatTheCompilerMakesALambdaHasNoName(String kind, Serializable function) {
        Reference reference = Reference.of(function);

        assertThat(reference.target().isLambda()).as(kind).isTrue();
    }

    @Test
    void theCapturedValuesComeInOrder() {
        Reference reference = Reference.of(References.capturing(7, "eight"));

        assertThat(reference.captured()).containsExactly(7, "eight");
    }

    @Test
    void instancesOfOneCaptureKeepTheirOwnValues() {
        assertThat(Reference.of(References.capturing(1, "a")).captured()).containsExactly(1, "a");
        assertThat(Reference.of(References.capturing(2, "b")).captured()).containsExactly(2, "b");
    }

    @Test
    void whatIsCapturedNeedNotBeSerializable() {
        References.Service service = new References.Service(() -> "x");

        Reference reference = Reference.of(one(service::load));

        assertThat(reference.captured()).containsExactly(service);
    }

    @Test
    void theSameReferenceAtTwoSitesIsOneFunction() {
        Profile first = Profile.of(two(References::add), 2);
        Profile second = Profile.of(two(References::add), 2);

        assertThat(first.id()).isEqualTo(second.id());
        assertThat(first.code().withoutCode()).isEqualTo(second.code().withoutCode());
    }

    static Stream<Arguments> others() {
        Fn0<String> anonymous = new Fn0<>() {
            private static final long serialVersionUID = 1;

            @Override
            public String call() {
                return "anonymous";
            }
        };
        return Stream.of(
                arguments(
                        anonymous,
                        "expected a method reference, found the anonymous class " + ReferenceTest.class.getName()
                                + "$1, which has no name that lasts; write the function as a method and pass it as"
                                + " Type::method"),
                arguments(
                        Op.PLUS,
                        "expected a method reference, found the anonymous class dev.fleche.References$Op$1, which has no"
                                + " name that lasts; write the function as a method and pass it as Type::method"),
                arguments(
                        "text",
                        "expected a method reference, found an object of class java.lang.String; write the function as"
                                + " a method and pass it as Type::method"),
                arguments(
                        null,
                        "expected a method reference, found null; write the function as a method and pass it as"
                                + " Type::method"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void whatIsNoReferenceIsRefused(@Nullable Serializable function, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reference.of(function))
                .withMessage(message);
    }
}
