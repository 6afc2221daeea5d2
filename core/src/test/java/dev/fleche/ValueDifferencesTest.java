package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.annotation.Ignored;
import dev.fleche.digest.Digestible;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueDifferencesTest {

    record Mesh(
            double h,
            int cells,
            List<Point> points,
            @Ignored String note) {}

    record Point(double x, double y) {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double r) implements Shape {}

    record Square(double a) implements Shape {}

    enum Phase {
        SOLID,
        LIQUID {
            @Override
            public String toString() {
                throw new IllegalStateException("not to be called");
            }
        }
    }

    record Secret(String text) {
        @Override
        public String toString() {
            throw new IllegalStateException("not to be called");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            throw new IllegalStateException("not to be called");
        }

        @Override
        public int hashCode() {
            throw new IllegalStateException("not to be called");
        }
    }

    private record Tagged(String tag) {}

    private static final class Grid implements Digestible {

        private final int n;

        Grid(int n) {
            this.n = n;
        }

        @Override
        public Object digestKey() {
            return n;
        }
    }

    @Test
    void aComponentIsNamedByItsPath() {
        Mesh coarse = new Mesh(0.1, 4, List.of(new Point(1, 2)), "a");
        Mesh fine = new Mesh(0.05, 4, List.of(new Point(1, 2)), "b");

        assertThat(texts("mesh", coarse, fine)).containsExactly("mesh.h: 0.1 → 0.05");
    }

    @Test
    void anElementIsNamedByItsIndex() {
        List<Point> before = List.of(new Point(0, 0), new Point(1, 1));
        List<Point> now = new ArrayList<>(List.of(new Point(0, 0), new Point(2, 1)));

        assertThat(texts("points", before, now)).containsExactly("points[1].x: 1.0 → 2.0");
    }

    @Test
    void aValueInAMapIsNamedByItsKey() {
        Map<String, Double> before = Map.of("a", 1.0, "b", 2.0, "gone", 3.0);
        Map<String, Double> now = new HashMap<>(Map.of("a", 1.5, "b", 2.0, "come", 4.0));

        assertThat(texts("weights", before, now))
                .containsExactlyInAnyOrder(
                        "weights[\"a\"]: 1.0 → 1.5",
                        "weights[\"gone\"]: 3.0 → absent",
                        "weights[\"come\"]: absent → 4.0");
    }

    @Test
    void keysAndElementsOfUsersClassesAreToldApartWithoutTheirCode() {
        List<Secret> before = List.of(new Secret("a"));
        List<Secret> now = List.of(new Secret("b"));

        assertThat(texts("s", before, now)).containsExactly("s[0].text: \"a\" → \"b\"");
        assertThat(texts("p", Phase.SOLID, Phase.LIQUID)).containsExactly("p: SOLID → LIQUID");
    }

    @Test
    void elementsOfSetsAreMissingOrAdded() {
        assertThat(texts("set", Set.of(1, 2), Set.of(2, 3)))
                .containsExactly("set: with 1 → without", "set: without → with 3");
    }

    @Test
    void arraysAreComparedByIndex() {
        assertThat(texts("a", new double[] {1, Double.NaN, 3}, new double[] {1, Double.NaN, 4}))
                .containsExactly("a[2]: 3.0 → 4.0");
        assertThat(texts("a", new int[][] {{1}, {2}}, new int[][] {{1}, {3}})).containsExactly("a[1][0]: 2 → 3");
        assertThat(texts("a", new long[2], new long[3])).containsExactly("a: 2 elements → 3 elements");
    }

    @Test
    void zerosOfTwoSignsDiffer() {
        assertThat(texts("x", 0.0, -0.0)).containsExactly("x: 0.0 → -0.0");
    }

    @Test
    void aLongerListIsToldWithWhatElseDiffers() {
        assertThat(texts("l", List.of(1, 2), List.of(1, 3, 4)))
                .containsExactly("l: 2 elements → 3 elements", "l[1]: 2 → 3");
    }

    @Test
    void nullsAndOptionalsAreValues() {
        assertThat(texts("x", null, "a")).containsExactly("x: null → \"a\"");
        assertThat(texts("x", Optional.empty(), Optional.of(1))).containsExactly("x: empty → 1");
        assertThat(texts("x", Optional.of(2), Optional.of(1))).containsExactly("x: 2 → 1");
    }

    @Test
    void valuesOfTwoClassesAreToldApart() {
        assertThat(texts("x", 1, 1L)).containsExactly("x: 1 (Integer) → 1 (Long)");
        assertThat(texts("x", new Circle(1), new Square(2))).containsExactly("x: Circle[r=1.0] → Square[a=2.0]");
    }

    @Test
    void theOrderOfAMapIsADifference() {
        Map<String, Integer> before = new LinkedHashMap<>();
        before.put("a", 1);
        before.put("b", 2);
        Map<String, Integer> now = new LinkedHashMap<>();
        now.put("b", 2);
        now.put("a", 1);

        assertThat(ValueDifferences.between("m", before, now).kept())
                .singleElement()
                .asString()
                .startsWith("m: {\"a\"=1, \"b\"=2}");
    }

    @Test
    void whatThePartsDoNotShowIsADifferenceOfTheWhole() {
        Path file = Path.of("data.txt");

        assertThat(texts("file", file, Path.of("data.txt")))
                .singleElement()
                .asString()
                .startsWith("file: data.txt")
                .endsWith("the same by name, of other content or order");
    }

    @Test
    void objectsWithAContentOfTheirOwnAreComparedByIt() {
        assertThat(texts("g", List.of(new Grid(1), new Grid(2)), List.of(new Grid(1), new Grid(3))))
                .containsExactly("g[1]: Grid → another");
    }

    @Test
    void queuesAreComparedInTheirOrder() {
        assertThat(texts("q", new ArrayDeque<>(List.of(1, 2)), new ArrayDeque<>(List.of(1, 3))))
                .containsExactly("q[1]: 2 → 3");
    }

    @Test
    void onlyTheFirstAreKeptAndTheOthersCounted() {
        List<Integer> before = IntStream.range(0, 1000).boxed().toList();
        List<Integer> now = IntStream.range(1, 1001).boxed().toList();

        ValueDifferences differences = ValueDifferences.between("l", before, now);

        assertThat(differences.kept()).hasSize(ValueDifferences.MAX_KEPT);
        assertThat(differences.count()).isEqualTo(1000);
    }

    @Test
    void aDeepValueEndsTheWalk() {
        Object before = 1;
        Object now = 2;
        for (int i = 0; i < 200; i++) {
            before = List.of(before);
            now = List.of(now);
        }

        assertThat(ValueDifferences.between("deep", before, now).kept())
                .singleElement()
                .satisfies(difference -> assertThat(difference.path()).hasSizeLessThan(200));
    }

    @Test
    void textsAreShort() {
        assertThat(ShortText.of("x".repeat(1000))).hasSizeLessThan(90).endsWith("…\"");
        assertThat(ShortText.of("a\n\"\u0000")).isEqualTo("\"a\\u000a\\\"\\u0000\"");
        assertThat(ShortText.of(BigInteger.ONE.shiftLeft(1_000_000))).isEqualTo("a number of 1000001 bits");
        assertThat(ShortText.of(new BigDecimal("1.50"))).isEqualTo("1.50");
        assertThat(ShortText.of(new double[7])).isEqualTo("double[7]");
        assertThat(ShortText.of(new int[] {1, 2})).isEqualTo("[1, 2]");
        assertThat(ShortText.of(Collections.nCopies(5, 1))).isEqualTo("5 elements");
        assertThat(ShortText.of(Arrays.asList(1, null))).isEqualTo("[1, null]");
        assertThat(ShortText.of(Duration.ofSeconds(3))).isEqualTo("PT3S");
        assertThat(ShortText.of(String.class)).isEqualTo("String.class");
        assertThat(ShortText.of(new Tagged("t"))).isEqualTo("Tagged[tag=\"t\"]");
    }

    private static List<String> texts(String name, @Nullable Object recorded, @Nullable Object present) {
        return ValueDifferences.between(name, recorded, present).kept().stream()
                .map(Explanation.Difference::toString)
                .toList();
    }
}
