package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Fixtures.Angle;
import dev.fleche.digest.Fixtures.Circle;
import dev.fleche.digest.Fixtures.ForeignList;
import dev.fleche.digest.Fixtures.Named;
import dev.fleche.digest.Fixtures.NamedCircle;
import dev.fleche.digest.Fixtures.Point;
import dev.fleche.digest.Fixtures.Shape;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

    private final Digester digester = new Digester(List::of);

    @Test
    void aRuleStatesTheContentOfATypeAndItsSubtypes() {
        digester.register(rule(Shape.class, "shape", 1, Shape::area));

        assertThat(digester.digest(new Circle(1)))
                .isEqualTo(digester.digest(new Circle(1)))
                .isNotEqualTo(digester.digest(new Circle(2)))
                .isNotEqualTo(digester.digest(Math.PI));
        assertThat(digester.digest(new NamedCircle(1))).isEqualTo(digester.digest(new NamedCircle(1)));
    }

    @Test
    void aSubtypeOfEqualContentHasAnotherDigestSinceItMayOverrideWhatIsCalled() {
        digester.register(rule(Shape.class, "shape", 1, Shape::area));

        assertThat(digester.digest(new NamedCircle(1))).isNotEqualTo(digester.digest(new Circle(1)));
    }

    @Test
    void nameAndVersionEnterTheDigest() {
        List<Digest> digests = new ArrayList<>();
        for (DigestRule<Shape> rule : List.of(
                rule(Shape.class, "shape", 1, Shape::area),
                rule(Shape.class, "shape", 2, Shape::area),
                rule(Shape.class, "form", 1, Shape::area))) {
            Digester own = new Digester(List::of);
            own.register(rule);
            digests.add(own.digest(new Circle(1)));
        }

        assertThat(digests).doesNotHaveDuplicates();
    }

    @Test
    void aRuleTakesEffectAtOnce() {
        Point point = new Point(1, 2);
        Digest before = digester.digest(point);

        digester.register(rule(Point.class, "point", 1, Point::x));

        assertThat(digester.digest(point)).isNotEqualTo(before).isEqualTo(digester.digest(new Point(1, 3)));
    }

    @Test
    void aRulePrecedesWhatATypeSaysOfItself() {
        Digest before = digester.digest(new Angle(30));

        digester.register(rule(Angle.class, "angle", 1, Angle::degrees));

        assertThat(digester.digest(new Angle(30))).isNotEqualTo(before).isNotEqualTo(digester.digest(new Angle(390)));
    }

    @Test
    void theNearestRuleWins() {
        digester.register(rule(Shape.class, "shape", 1, shape -> "shape"));
        digester.register(rule(Circle.class, "circle", 1, circle -> "circle"));
        digester.register(rule(Object.class, "object", 1, object -> "object"));

        Digester circlesOnly = new Digester(List::of);
        circlesOnly.register(rule(Circle.class, "circle", 1, circle -> "circle"));
        assertThat(digester.digest(new NamedCircle(1))).isEqualTo(circlesOnly.digest(new NamedCircle(2)));
        assertThat(digester.digest(new Circle(1))).isEqualTo(circlesOnly.digest(new Circle(2)));
        assertThat(digester.digest(new AtomicInteger(1))).isEqualTo(digester.digest(new AtomicInteger(2)));
    }

    @Test
    void twoRulesThatAreEquallyNearAreRefused() {
        digester.register(rule(Shape.class, "shape", 1, Shape::area));
        digester.register(rule(Named.class, "named", 3, Named::name));

        assertThatThrownBy(() -> digester.digest(Map.of("a", new NamedCircle(1))))
                .isInstanceOf(UndigestibleException.class)
                .hasMessage("value[\"a\"] is a " + NamedCircle.class.getName()
                        + ", to which two rules are equally near: shape version 1 for " + Shape.class.getName()
                        + " and named version 3 for " + Named.class.getName()
                        + "; register a rule for the class itself");
    }

    @Test
    void aRuleForListsCoversThoseOfOtherLibrariesOnly() {
        Digest before = digester.digest(List.of());

        digester.register(rule(List.class, "list", 1, list -> list.size()));

        assertThat(digester.digest(List.of())).isEqualTo(before);
        assertThat(digester.digest(new ForeignList())).isNotEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Integer.class,
                int.class,
                int[].class,
                BigInteger.class,
                String.class,
                ArrayList.class,
                Path.class,
                TimeUnit.class,
                Digest.class,
                FileContent.class
            })
    void theEncodingKeepsTheTypesThatItKnows(Class<?> type) {
        assertThatThrownBy(() -> digester.register(rule(type, "mine", 1, value -> 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a type that needs a rule, found " + type.getName()
                        + ", which the encoding knows; wrap its values in a type of your own");
    }

    @Test
    void thereIsOneRuleForATypeAndOneTypeForAName() {
        digester.register(rule(Shape.class, "shape", 1, Shape::area));
        Digest before = digester.digest(new Circle(1));

        digester.register(rule(Shape.class, "shape", 1, shape -> "ignored: it is the same rule"));

        assertThat(digester.digest(new Circle(1))).isEqualTo(before);
        assertThatThrownBy(() -> digester.register(rule(Shape.class, "shape", 2, Shape::area)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("found shape version 2 for " + Shape.class.getName() + " beside shape version 1");
        assertThatThrownBy(() -> digester.register(rule(Named.class, "shape", 1, Named::name)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> digester.register(rule(Named.class, "", 1, Named::name)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void providersAreLoadedWhenTheyAreNeeded() {
        List<String> loads = new ArrayList<>();
        Digester lazy = new Digester(() -> {
            loads.add("load");
            return List.of(rule(Shape.class, "shape", 1, Shape::area));
        });

        lazy.digest(List.of(1, "two"));
        assertThat(loads).isEmpty();

        assertThat(lazy.digest(new Circle(1))).isEqualTo(lazy.digest(new Circle(1)));
        assertThat(loads).hasSize(1);
    }

    @Test
    void providersThatClashArePassedOver() {
        Digester standing = new Digester(() -> List.of(
                rule(Shape.class, "shape", 1, Shape::area),
                rule(Shape.class, "other", 1, shape -> 1),
                rule(Integer.class, "known", 1, number -> 1),
                rule(Named.class, "named", 1, Named::name)));

        assertThat(standing.digest(new Circle(1))).isNotEqualTo(standing.digest(new Circle(2)));
    }

    @Test
    void functionsAreValuesWithWhatTheyCaptured() {
        Function<Integer, Integer> one = x -> x + 1;
        Runnable other = () -> {};
        assertThatThrownBy(() -> digester.digest(one)).isInstanceOf(UndigestibleException.class);
        FunctionId id = new FunctionId("A", "one", List.of());

        digester.register(value -> value == one
                ? Optional.of(new FunctionReference(id, null, FunctionReference.Code.NONE, null, List.of(1, "two")))
                : Optional.empty());

        assertThat(digester.digest(one))
                .isEqualTo(digester.digest(one))
                .isNotEqualTo(digester.function(id, null, null));
        assertThatThrownBy(() -> digester.digest(other)).isInstanceOf(UndigestibleException.class);
    }

    @Test
    void theRemedyOfAFunctionWithoutIdentityIsKept() {
        digester.register(value -> {
            throw new UndigestibleException("an unnamed lambda; pass a method reference");
        });
        Runnable lambda = () -> {};

        assertThatThrownBy(() -> digester.digest(List.of(lambda)))
                .isInstanceOf(UndigestibleException.class)
                .hasMessage("value[0] could not be digested: an unnamed lambda; pass a method reference");
    }

    static <T> DigestRule<T> rule(Class<T> type, String name, int version, Function<? super T, Object> content) {
        return new DigestRule<>() {
            @Override
            public Class<T> type() {
                return type;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public int version() {
                return version;
            }

            @Override
            public Object contentOf(T value) {
                return content.apply(value);
            }
        };
    }
}
