package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fleche.References.Base;
import dev.fleche.References.Gadget;
import dev.fleche.References.Plain;
import dev.fleche.References.Point;
import dev.fleche.References.Shape;
import dev.fleche.References.Square;
import dev.fleche.References.Sub;
import dev.fleche.References.Tool;
import dev.fleche.digest.FileContent;
import dev.fleche.digest.UndigestibleException;
import java.io.File;
import java.io.Serializable;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProfileArgumentsTest {

    private static final Fn2<Integer, Integer, Integer> ADD = References::add;

    private static @Nullable Object[] keyWith(Option option, Serializable function, @Nullable Object... arguments) {
        return Profile.of(function, arguments.length, option).keyArguments(arguments);
    }

    private static @Nullable Object[] key(Serializable function, @Nullable Object... arguments) {
        return Profile.of(function, arguments.length).keyArguments(arguments);
    }

    @Test
    void argumentsThatStayAreNotCopied() {
        Profile profile = Profile.of(ADD, 2);
        Object[] arguments = {1, 2};

        assertThat(profile.keyArguments(arguments)).isSameAs(arguments);
        assertThat(profile.recordedArguments(arguments)).isSameAs(arguments);
        assertThat(profile.argumentNames()).hasSize(2);
    }

    @Test
    void anArgumentIsWidenedToTheDeclaredType() {
        Fn2<Integer, Integer, Long> narrow = References::addLong;
        Fn2<Long, Long, Long> exact = References::addLong;
        Fn2<Character, Byte, Long> mixed = References::addLong;

        assertThat(key(narrow, 1, 2)).containsExactly(1L, 2L);
        assertThat(key(exact, 1L, 2L)).containsExactly(1L, 2L);
        assertThat(key(mixed, 'a', (byte) -1)).containsExactly(97L, -1L);
        assertThat(Profile.of(narrow, 2).code().withoutCode())
                .isEqualTo(Profile.of(exact, 2).code().withoutCode());
    }

    @Test
    void everyPrimitiveTypeIsWidenedTo() {
        Fn5<Byte, Short, Character, Long, Float, Double> widest = References::widest;

        assertThat(key(widest, (byte) 1, (short) 2, 'c', 4L, 0.1f))
                .containsExactly((short) 1, 2, 99L, 4f, (double) 0.1f);
    }

    @Test
    void constructorsAndMethodsOfTheJdkWidenToo() {
        Fn1<Integer, Square> square = Square::new;
        Fn2<Integer, Integer, Double> power = Math::pow;

        assertThat(key(square, 3)).containsExactly(3.0);
        assertThat(key(power, 2, 3)).containsExactly(2.0, 3.0);
    }

    @Test
    void aNullForAPrimitiveStaysNull() {
        Fn2<Integer, Integer, Long> narrow = References::addLong;

        assertThat(key(narrow, null, 2)).containsExactly(null, 2L);
    }

    @Test
    void aReceiverIsTheFirstArgument() {
        Point point = new Point(1, 2);
        Fn1<Integer, Integer> bound = point::shifted;
        Fn2<Point, Integer, Integer> unbound = Point::shifted;

        assertThat(key(bound, 5)).containsExactly(point, 5);
        assertThat(key(unbound, point, 5)).containsExactly(point, 5);
        assertThat(Profile.of(bound, 1).argumentNames()).first().isEqualTo("this");
        assertThat(Profile.of(unbound, 2).argumentNames()).first().isEqualTo("this");
        assertThat(Profile.of(bound, 1).id()).isEqualTo(Profile.of(unbound, 2).id());
    }

    @Test
    void ignoredArgumentsAreLeftOut() {
        Fn3<Boolean, String, Integer, String> noted = References::noted;

        assertThat(key(noted, true, "a", 3)).containsExactly("a", 3);
        assertThat(Profile.of(noted, 3).argumentNames()).hasSize(2);
    }

    @Test
    void aRequiredArgumentThatIsNullHasNoKey() {
        Profile profile = Profile.of((Fn3<Boolean, String, Integer, String>) References::noted, 3);

        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> profile.keyArguments(new @Nullable Object[] {true, null, 3}))
                .withMessage("argument arg1 of References.noted is @Required and is null; the call is not cached");
    }

    @Test
    void aFileIsKeyedByContentAndRecordedByName() {
        Fn3<Path, File, Path, Integer> size = References::size;
        Object[] arguments = {Path.of("a"), new File("b"), Path.of("c")};
        Profile profile = Profile.of(size, 3);

        assertThat(profile.keyArguments(arguments))
                .containsExactly(FileContent.of(Path.of("a")), FileContent.of(Path.of("b")), Path.of("c"));
        assertThat(profile.recordedArguments(profile.keyArguments(arguments))).containsExactly(arguments);
        assertThat(key(size, null, null, null)).containsExactly(null, null, null);
    }

    @Test
    void contentOfAnythingButAFileIsRefused() {
        Fn1<String, Integer> misplaced = References::misplaced;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(misplaced, 1))
                .withMessage(
                        "@Content stands on parameter arg0 of References.misplaced, which is a java.lang.String; it"
                                + " belongs on a Path or File");
    }

    @Test
    void positionsAreIgnoredByOption() {
        Fn2<Point, Integer, Integer> unbound = Point::shifted;
        Point point = new Point(1, 2);

        assertThat(keyWith(Option.ignore(0), ADD, 1, 2)).containsExactly(2);
        assertThat(keyWith(Option.ignore(0), unbound, point, 7)).containsExactly(point);
        Profile lambda = Profile.of(References.capturing(7, "b"), 1, Option.name("own"), Option.ignore(0));
        assertThat(lambda.keyArguments(new Object[] {9})).containsExactly(7, "b");
    }

    @Test
    void aPositionThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(ADD, 2, Option.ignore(1, 2)))
                .withMessage("expected positions below 2 for Option.ignore on References.add, found 2; the first"
                        + " parameter is 0, the receiver and what a lambda captured are none");
    }

    @Test
    void aComponentThatIsIgnoredInARecordStaysInItsConstructor() {
        Fn2<Integer, Integer, Point> construct = Point::new;

        assertThat(key(construct, 1, 2)).containsExactly(1, 2);
    }

    @Test
    void anIgnoredReceiverIsLeftOut() {
        Fn1<Integer, Integer> plain = new Plain()::use;
        Fn1<Integer, Integer> tool = new Tool()::use;
        Fn2<Point, Integer, Integer> ofFinalClass = Point::shifted;

        assertThat(keyWith(Option.ignoreReceiver(), plain, 1)).containsExactly(1);
        assertThat(keyWith(Option.ignoreReceiver(), ofFinalClass, new Point(1, 2), 3))
                .containsExactly(3);
        assertThat(key(tool, 1)).containsExactly(1);
    }

    @Test
    void theCodeThatAnIgnoredReceiverBringsStaysInTheKey() {
        Base sub = new Sub();
        Fn1<Integer, Integer> base = new Base()::rate;
        Fn1<Integer, Integer> override = sub::rate;
        Fn1<Integer, Integer> callsOverride = sub::fixed;
        Fn2<Base, Integer, Integer> unbound = Base::rate;
        Fn1<Integer, Integer> inherited = new Gadget()::use;

        assertThat(keyWith(Option.ignoreReceiver(), base, 1)).containsExactly(1);
        assertThat(keyWith(Option.ignoreReceiver(), override, 1)).containsExactly(Sub.class, 1);
        assertThat(keyWith(Option.ignoreReceiver(), callsOverride, 1)).containsExactly(Sub.class, 1);
        assertThat(keyWith(Option.ignoreReceiver(), unbound, sub, 1)).containsExactly(Sub.class, 1);
        assertThat(keyWith(Option.ignoreReceiver(), unbound, null, 1)).containsExactly(null, 1);
        assertThat(key(inherited, 1)).containsExactly(Gadget.class, 1);
    }

    @Test
    void theObjectAroundALambdaCanBeIgnored() {
        Profile profile = Profile.of(new Point(1, 2).lambdaOnThis(), 1, Option.name("around"), Option.ignoreReceiver());

        assertThat(profile.keyArguments(new Object[] {5})).containsExactly(5);
        assertThat(profile.argumentNames()).containsExactly("arg0");
    }

    @Test
    void anIgnoredProxyHasNoCodeOfItsOwn() {
        Shape proxy = (Shape) Proxy.newProxyInstance(
                Shape.class.getClassLoader(), new Class<?>[] {Shape.class}, (self, method, arguments) -> 1.0);
        Fn1<Double, Double> area = proxy::area;

        assertThat(keyWith(Option.ignoreReceiver(), area, 2.0)).containsExactly(2.0);
    }

    @Test
    void aReceiverWhoseCodeHasNoNameCannotBeIgnored() {
        Shape anonymous = scale -> 2 * scale;
        Fn1<Double, Double> area = anonymous::area;
        Fn2<Shape, Double, Double> unbound = Shape::area;
        Profile profile = Profile.of(unbound, 2, Option.ignoreReceiver());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(area, 1, Option.ignoreReceiver()))
                .withMessageStartingWith(
                        "References$Shape.area: a receiver of dev.fleche.References$Shape cannot be ignored: its class ")
                .withMessageEndingWith(" no name tells its code; make it a named class");
        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> profile.keyArguments(new Object[] {anonymous, 1.0}));
    }

    @Test
    void ignoringAReceiverThatIsNotThereIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(ADD, 2, Option.ignoreReceiver()))
                .withMessage(
                        "expected a method with a receiver for ignoreReceiver, found References.add; drop the option");
    }

    @Test
    void aReceiverWithoutADigestIsReportedWithTheWaysOut() {
        Fn1<Integer, Integer> plain = new Plain()::use;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Profile.of(plain, 1))
                .withMessageStartingWith("the receiver of References$Plain.use has no digest: ")
                .withMessageContaining("dev.fleche.References$Plain")
                .withMessageContaining("Option.ignoreReceiver()")
                .withMessageContaining("DigestRule");
    }
}
