package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.fleche.digest.Fixtures.Broken;
import dev.fleche.digest.Fixtures.Delegating;
import dev.fleche.digest.Fixtures.ForeignList;
import dev.fleche.digest.Fixtures.Job;
import dev.fleche.digest.Fixtures.Misplaced;
import dev.fleche.digest.Fixtures.Pair;
import java.lang.reflect.Array;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class UndigestibleTest {

    private static final String NO_CONTENT = ", which has no content to digest; ";
    private static final String REMEDY =
            "make it a record, let it implement Digestible or register a DigestRule for it";

    private final Digester digester = new Digester(List::of);
    private final Digest function = digester.function(new FunctionId("A", "a", List.of()), null, null);

    @ParameterizedTest
    @MethodSource("identities")
    void whatComparesByIdentityHasNoDigest(Object value) {
        assertThatThrownBy(() -> digester.digest(value))
                .isInstanceOf(UndigestibleException.class)
                .hasMessage("value is a " + value.getClass().getName() + NO_CONTENT + REMEDY);
    }

    private static Stream<Object> identities() throws Exception {
        return Stream.of(
                new Object(),
                new CountDownLatch(1),
                new AtomicInteger(1),
                Pattern.compile("a"),
                Thread.currentThread(),
                new IllegalStateException(),
                new URL("https://example.org"),
                Stream.of(1),
                List.of(1).iterator());
    }

    @ParameterizedTest
    @MethodSource("places")
    void theMessageNamesThePlace(String place, Object value) {
        assertThatThrownBy(() -> digester.digest(value))
                .isInstanceOf(UndigestibleException.class)
                .hasMessageStartingWith(place + " is a java.lang.Object" + NO_CONTENT);
    }

    private static Stream<Arguments> places() {
        Object lock = new Object();
        return Stream.of(
                arguments("value.second", new Pair(1, lock)),
                arguments("value[1].first", List.of(1, new Pair(lock, 2))),
                arguments("value[\"log\"]", Map.of("log", lock)),
                arguments("value[7].getValue()", Map.of(7, Map.entry("a", lock))),
                arguments("value[key 0]", Map.of(lock, 1)),
                arguments("value[value 0]", Map.of(List.of(), lock)),
                arguments("value[0][2]", new Object[] {new Object[] {1, 2, lock}}),
                arguments("value.first.digestKey()", new Pair(new Delegating(lock), 1)));
    }

    @Test
    void theMessageNamesTheArgument() {
        Object[] arguments = {1, new Pair(new AtomicInteger(), 1)};

        assertThatThrownBy(() -> digester.key(met -> function, arguments, List.of("steps", "mesh")))
                .hasMessage("argument 2 (mesh).first is a java.util.concurrent.atomic.AtomicInteger" + NO_CONTENT
                        + "mark the component @Ignored or register a DigestRule for it");
        assertThatThrownBy(() -> digester.key(function, new Object[] {new Object()}))
                .hasMessage("argument 1 is a java.lang.Object" + NO_CONTENT
                        + "mark the parameter @Ignored or register a DigestRule for it");
    }

    @ParameterizedTest
    @MethodSource("collections")
    void theMessageForACollectionNamesACopy(Object value, String remedy) {
        assertThatThrownBy(() -> digester.digest(value))
                .hasMessage("value is a " + value.getClass().getName() + NO_CONTENT + remedy
                        + " or register a DigestRule for it");
    }

    private static Stream<Arguments> collections() {
        return Stream.of(
                arguments(new ForeignList(), "copy it with List.copyOf"),
                arguments(new IdentityHashMap<>(), "copy it with Map.copyOf"),
                arguments(new WeakHashMap<>(), "copy it with Map.copyOf"),
                arguments(new Properties(), "copy it with Map.copyOf"),
                arguments(new IdentityHashMap<>().keySet(), "copy it with Set.copyOf"),
                arguments(Collections.newSetFromMap(new IdentityHashMap<>()), "copy it with Set.copyOf"));
    }

    @Test
    void anIndigestibleComparatorIsNamed() {
        Comparator<String> comparator = (a, b) -> a.length() - b.length();

        assertThatThrownBy(() -> digester.digest(new TreeSet<>(comparator)))
                .hasMessageStartingWith("value.comparator() is a " + UndigestibleTest.class.getName() + "$$Lambda");
        assertThatThrownBy(() -> digester.digest(new TreeMap<>(comparator)))
                .hasMessageStartingWith("value.comparator() is a ");
    }

    @Test
    void aClassWithoutAStableNameIsRefused() {
        Digestible lambda = () -> "content";

        assertThatThrownBy(() -> digester.digest(lambda))
                .isInstanceOf(UndigestibleException.class)
                .hasMessageEndingWith(", a class whose name does not last; use a named class");
        Digestible anonymous = new Digestible() {
            @Override
            public Object digestKey() {
                return "content";
            }
        };
        assertThatThrownBy(() -> digester.digest(anonymous))
                .hasMessageEndingWith(", a class whose name does not last; use a named class");
        assertThatThrownBy(() -> digester.digest(lambda.getClass())).hasMessageContaining("whose name d");
        assertThatThrownBy(() -> digester.digest(Array.newInstance(lambda.getClass(), 0)))
                .hasMessageContaining("whose name d");
    }

    @Test
    void aRequiredComponentIsNotNull() {
        assertThat(digester.digest(new Job("a", null))).isEqualTo(digester.digest(new Job("a", null)));
        assertThatThrownBy(() -> digester.digest(List.of(new Job(null, 1))))
                .hasMessage("value[0].name is @Required and is null; pass a value");
    }

    @Test
    void anExceptionOfADigestKeyIsTheCause() {
        assertThatThrownBy(() -> digester.digest(List.of(new Broken(1))))
                .isInstanceOf(UndigestibleException.class)
                .hasMessage("value[0] could not be digested: java.lang.IllegalStateException: closed")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void aMisplacedAnnotationIsNamed() {
        assertThatThrownBy(() -> digester.digest(new Misplaced("a")))
                .isInstanceOf(UndigestibleException.class)
                .hasMessageContaining("@Content stands on component path of " + Misplaced.class.getName());
    }

    @Test
    void aCycleIsNamedWhereItBegins() {
        List<Object> inner = new ArrayList<>();
        inner.add(Map.of("back", inner));

        assertThatThrownBy(() -> digester.digest(new Pair(1, inner)))
                .hasMessage("value.second is a java.util.ArrayList that contains itself; pass a value without cycles");
    }

    @Test
    void aCycleThroughADigestKeyIsFound() {
        AtomicReference<Object> content = new AtomicReference<>(1);
        class Recurring implements Digestible {
            @Override
            public Object digestKey() {
                return List.of(content.get());
            }
        }
        Digestible delegating = new Recurring();
        content.set(delegating);

        assertThatThrownBy(() -> digester.digest(delegating)).hasMessageContaining("that contains itself");
    }

    @Test
    void nestingHasALimit() {
        assertThat(digester.digest(nested(999))).isNotEqualTo(digester.digest(nested(998)));
        assertThatThrownBy(() -> digester.digest(nested(20_000)))
                .isInstanceOf(UndigestibleException.class)
                .hasMessage("value[0][0][0][0][0][0][0][0]…[0][0][0][0][0][0][0][0] is nested more than 1000 levels"
                        + " deep; pass a flatter value, such as a list");
    }

    @Test
    void aStackThatIsTooSmallMakesAValueUndigestible() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Object value = new Delegating(new Endless());
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        digester.digest(value);
                    } catch (UndigestibleException e) {
                        thrown.set(e);
                    }
                },
                "small",
                256 * 1024);

        thread.start();
        thread.join();

        assertThat(thrown.get())
                .hasMessageStartingWith("value.digestKey() is nested too deeply for the stack of this thread")
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @Test
    void aFailureLeavesTheDigesterSound() {
        Digest before = digester.digest(List.of(1, 2, "three"));

        assertThatThrownBy(() -> digester.digest(List.of(1, new Object()))).isInstanceOf(UndigestibleException.class);

        assertThat(digester.digest(List.of(1, 2, "three"))).isEqualTo(before);
    }

    private static Object nested(int levels) {
        Object value = 1;
        for (int i = 0; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    /** Runs out of stack when it is asked for its content. */
    private static final class Endless implements Digestible {
        @Override
        @SuppressWarnings("InfiniteRecursion") // on purpose
        public Object digestKey() {
            return List.of(digestKey(), 1);
        }
    }
}
