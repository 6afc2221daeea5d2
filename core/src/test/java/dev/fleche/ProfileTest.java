package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fleche.References.Base;
import dev.fleche.References.Negated;
import dev.fleche.References.Point;
import dev.fleche.References.Sub;
import dev.fleche.annotation.CodeKey;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final Fn2<Integer, Integer, Integer> ADD = References::add;
    private static final Fn1<Integer, Integer> ANNOTATED = References::annotated;

    @Test
    void aFunctionHasUsualSettingsUnlessToldOtherwise() {
        Profile profile = Profile.of(ADD, 2);

        assertThat(profile.version()).isNull();
        assertThat(profile.strict()).isFalse();
        assertThat(profile.argumentStoring()).isEqualTo(ArgumentStoring.BOUNDED);
        assertThat(profile.label()).isEqualTo("References.add");
        assertThat(profile.resultType()).isEqualTo(int.class);
        assertThat(profile.warning()).isEmpty();
    }

    @Test
    void theAnnotationIsRead() {
        Profile profile = Profile.of(ANNOTATED, 1);

        assertThat(profile.id()).hasToString("dev.fleche.References.tuned(int)");
        assertThat(profile.version()).isEqualTo("2");
        assertThat(profile.strict()).isTrue();
        assertThat(profile.context().contains(Point.class)).isTrue();
    }

    @Test
    void optionsWinOverTheAnnotation() {
        Profile profile = Profile.of(
                ANNOTATED,
                1,
                Option.name("other"),
                Option.version(3),
                Option.storeArguments(ArgumentStoring.NONE),
                Option.allow(References.Op.class));

        assertThat(profile.id()).hasToString("dev.fleche.References.other(int)");
        assertThat(profile.version()).isEqualTo("3");
        assertThat(profile.argumentStoring()).isEqualTo(ArgumentStoring.NONE);
        assertThat(profile.context().contains(References.Op.class)).isTrue();
        assertThat(profile.context().contains(Point.class)).isTrue();
    }

    @Test
    void theVersionChangesTheDigestOfTheFunction() {
        assertThat(Profile.of(ADD, 2, Option.version("1")).code().withoutCode())
                .isNotEqualTo(Profile.of(ADD, 2).code().withoutCode())
                .isNotEqualTo(Profile.of(ADD, 2, Option.version("2")).code().withoutCode())
                .isEqualTo(Profile.of(ADD, 2, Option.version(1)).code().withoutCode());
    }

    @Test
    void aNamedLambdaIsKnownByItsClassNameAndTypes() {
        Profile profile = Profile.of(References.unnamed(), 1, Option.name("plus"));

        assertThat(profile.id()).hasToString("dev.fleche.References.plus(java.lang.Integer)");
        assertThat(profile.keyArguments(new Object[] {5})).containsExactly(5);
        assertThat(profile.resultType()).isEqualTo(Integer.class);
    }

    @Test
    void whatANamedLambdaCapturedComesBeforeItsArguments() {
        Profile profile = Profile.of(References.capturing(7, "b"), 1, Option.name("capturing"));
        Profile onThis = Profile.of(new Point(1, 2).lambdaOnThis(), 1, Option.name("onThis"));

        assertThat(profile.keyArguments(new Object[] {5})).containsExactly(7, "b", 5);
        assertThat(profile.argumentNames()).containsExactly("arg0", "arg1", "arg2");
        assertThat(onThis.keyArguments(new Object[] {5})).containsExactly(new Point(1, 2), 5);
        assertThat(onThis.argumentNames()).containsExactly("this", "arg0");
    }

    @Test
    void lambdasWithoutANameShareAnId() {
        Fn1<Integer, Integer> first = x -> x + 1;
        Fn1<Integer, Integer> second = x -> x + 2;

        assertThat(Profile.of(first, 1).id())
                .isEqualTo(Profile.of(second, 1).id())
                .hasToString("dev.fleche.ProfileTest.lambda(java.lang.Integer)");
    }

    @Test
    void aLambdaWithoutANameIsKnownByItsCodeAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(References.unnamed(), 1, Option.codeKey(CodeKey.METHOD)))
                .withMessageMatching("expected CodeKey\\.TRANSITIVE for the lambda"
                        + " dev\\.fleche\\.References\\.lambda\\$unnamed\\$\\w+\\$\\d+ \\(a reference to a varargs"
                        + " method, super::method and int\\[]::new are lambdas too\\), which has no name and is known by"
                        + " its code alone, found CodeKey\\.METHOD; write it as a method and pass Type::method, or name it"
                        + " by Option\\.name\\(\"…\"\\)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(References.unnamed(), 1, Option.codeKey(CodeKey.NONE)));
    }

    @Test
    void twoLambdasOfOneNameAreRefused() {
        Fn1<Integer, Integer> first = x -> x + 1;
        Fn1<Integer, Integer> second = x -> x + 2;
        Profile.of(first, 1, Option.name("clash"));
        Profile.of(first, 1, Option.name("clash"));

        assertThatIllegalStateException()
                .isThrownBy(() -> Profile.of(second, 1, Option.name("clash")))
                .withMessageStartingWith(
                        "two functions claim the id dev.fleche.ProfileTest.clash(java.lang.Integer): private static ")
                .withMessageContaining(" and private static ")
                .withMessageEndingWith("; give one of them another Option.name");
    }

    @Test
    void aNameThatIsAnotherMethodsIsRefused() {
        Fn2<Long, Long, Long> addLong = References::addLong;
        Fn2<Long, Long, Long> product = ProfileTest::addLong;
        Profile.of(addLong, 2);
        Profile.of(product, 2);
        Fn2<Long, Long, Long> other = ProfileTest::product;

        assertThatIllegalStateException().isThrownBy(() -> Profile.of(other, 2, Option.name("addLong")));
    }

    static long addLong(long a, long b) {
        return a + b;
    }

    static long product(long a, long b) {
        return a * b;
    }

    @Test
    void aRefusedFunctionClaimsNothing() {
        Fn1<Integer, Integer> first = x -> x + 3;
        Fn1<Integer, Integer> second = x -> x + 4;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(first, 1, Option.name("late"), Option.ignore(9)));

        Profile profile = Profile.of(second, 1, Option.name("late"));

        assertThat(profile.id()).hasToString("dev.fleche.ProfileTest.late(java.lang.Integer)");
    }

    @Test
    void anOverriddenMethodKeepsTheIdOfTheMethodThatIsNamed() {
        Sub sub = new Sub();
        Fn1<Integer, Integer> named = ((Base) sub)::rate;

        Profile profile = Profile.of(named, 1);

        assertThat(profile.id()).hasToString("dev.fleche.References$Base.rate(int)");
        assertThat(profile.keyArguments(new Object[] {1})).containsExactly(sub, 1);
    }

    @Test
    void aMethodOfAnAnonymousClassIsRefused() {
        Fn1<Integer, Integer> own = References.ofAnonymousClass();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(own, 1))
                .withMessage("expected a method of a class with a name, found dev.fleche.References$1.rate of an"
                        + " anonymous class; make it a named class");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(own, 1, Option.name("tripled")))
                .withMessageContaining("dev.fleche.References$1, a class whose name does not last");
    }

    @Test
    void aFunctionTypeWithACallOfItsOwnIsRefused() {
        Negated negated = References::add;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(negated, 2))
                .withMessage("expected a reference to dev.fleche.References.add of type dev.fleche.Fn2, found one of"
                        + " type dev.fleche.References$Negated; give the reference directly as Type::method");
    }

    @Test
    void aTypeVariableIsWhatTheReferenceMakesOfIt() {
        Fn1<Point, Point> same = References::same;

        Profile profile = Profile.of(same, 1);

        assertThat(profile.resultType()).isEqualTo(Point.class);
        assertThat(profile.context().contains(Point.class)).isTrue();
        assertThat(profile.context().loader()).isEqualTo(ProfileTest.class.getClassLoader());
        assertThat(profile.warning()).isEmpty();
    }

    @Test
    void anOpenResultIsOneWarning() {
        Fn1<Object, Object> same = References::same;

        assertThat(Profile.of(same, 1).warning())
                .startsWith(
                        "the result of References.same is a java.lang.Object, which does not tell the classes of its"
                                + " content (")
                .endsWith("results with records or enums are not cached unless their classes are named by"
                        + " Option.allow(…) or @Memoized(allow = …)");
        assertThat(Profile.of(same, 1, Option.allow(Point.class)).warning()).isEmpty();
    }

    @Test
    void aClosedResultIsNoWarning() {
        Fn2<Integer, Integer, Point> construct = Point::new;

        assertThat(Profile.of(construct, 2).resultType()).isEqualTo(Point.class);
        assertThat(Profile.of(construct, 2).warning()).isEmpty();
    }

    @Test
    void whatALambdaCapturedMustHaveADigest() {
        References.Plain plain = new References.Plain();
        Serializable lambda = (Fn1<Integer, Integer>) x -> plain.use(x);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(lambda, 1, Option.name("captures")))
                .withMessageStartingWith("what the lambda captured for ProfileTest.captures has no digest: ")
                .withMessageContaining("pass it as an argument that Option.ignore leaves out");
    }

    @Test
    void aFutureIsKnownByTheTypeOfItsValue() {
        Fn1<Integer, CompletableFuture<List<Point>>> typed = ProfileTest::points;
        Fn1<Integer, Future<?>> open = ProfileTest::anything;
        Fn1<Integer, CompletableFuture<Integer>> lambda = x -> CompletableFuture.completedFuture(x);

        Profile points = Profile.of(typed, 1);
        Profile anything = Profile.of(open, 1);
        Profile named = Profile.of(lambda, 1, Option.name("later"));

        assertThat(points.future()).isEqualTo(FutureType.COMPLETABLE_FUTURE);
        assertThat(points.context().contains(Point.class)).isTrue();
        assertThat(points.context().resultType()).isEqualTo(List.class);
        assertThat(points.warning()).isEmpty();
        assertThat(anything.future()).isEqualTo(FutureType.FUTURE);
        assertThat(anything.warning()).contains("Option.allow");
        assertThat(named.warning()).contains("Option.allow");
        assertThat(Profile.of(ADD, 2).future()).isNull();
    }

    static CompletableFuture<List<Point>> points(int x) {
        return CompletableFuture.completedFuture(List.of(new Point(x, x)));
    }

    static Future<?> anything(int x) {
        return CompletableFuture.completedFuture(x);
    }
}
