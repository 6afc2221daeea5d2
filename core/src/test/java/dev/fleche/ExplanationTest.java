package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.digest.Digester;
import dev.fleche.digest.FunctionId;
import dev.fleche.testing.ExplanationStore;
import dev.fleche.testing.PhysicsProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplanationTest {

    @TempDir
    static Path compiled;

    @TempDir
    Path directory;

    @Test
    void theNextCallDoesWhatTheExplanationSays() {
        for (CodeChange choice : CodeChange.values()) {
            for (CodeKey key : CodeKey.values()) {
                Path place = directory.resolve(choice + "-" + key);
                try (ExplanationStore store = ExplanationStore.files(place, compiled)) {
                    store.computed(store.program("h * 2"));
                    requireAsExplained(store, store.program("h * 3"), choice, key);
                    requireAsExplained(store, store.program("h * 2"), choice, key);
                }
            }
        }
    }

    private static void requireAsExplained(
            ExplanationStore store, PhysicsProgram program, CodeChange choice, CodeKey key) {
        Memo2<Object, Integer, double[]> relax =
                program.relax(store.writer(), Option.codeKey(key), Option.onCodeChange(choice));
        Call<double[]> call =
                relax.on(program.mesh(ExplanationStore.H, ExplanationStore.CELLS), ExplanationStore.STEPS);
        double recorded = 2 * ExplanationStore.H * ExplanationStore.STEPS + ExplanationStore.CELLS;
        String text = call.explain().toString();

        if (text.contains("The next call fails")) {
            assertThatThrownBy(call::call).isInstanceOf(CodeChangedException.class);
        } else if (text.contains("The next call adopts")) {
            assertThat(call.call()[0]).isEqualTo(recorded);
            assertThat(call.explain()).isInstanceOf(Explanation.Hit.class);
        } else if (text.contains("keep it by memo.adopt(…)")) {
            assertThat(relax.adopt(Adoption.atOnce()).adopted()).isEqualTo(1);
            assertThat(call.call()[0]).isEqualTo(recorded);
        } else {
            assertThat(text).startsWith("hit: ");
            assertThat(call.call()[0]).isEqualTo(recorded);
        }
    }

    static int twice(int x) {
        return 2 * x;
    }

    @Test
    void aCacheThatKeepsNothingIsNamed() {
        Memo1<Integer, Integer> memo = Fleche.of(ExplanationTest::twice);

        assertThat(memo.in(Cache.voidCache()).on(1).explain())
                .hasToString("not cached: the cache of this call keeps nothing.");
    }

    @Test
    void theNearestOfManyIsTheOneWithFewestDifferences() {
        try (Cache cache = Cache.memory()) {
            Memo1<List<Integer>, Integer> memo = Fleche.of(ExplanationTest::sum);
            for (int i = 0; i < 10; i++) {
                memo.in(cache).apply(List.of(i, i + 1, i + 2));
            }

            Explanation explanation = memo.in(cache).on(List.of(3, 4, 6)).explain();

            assertThat(explanation)
                    .asString()
                    .matches("miss: the nearest recorded call of ExplanationTest.sum differs in \\w+\\[2\\]: 5 → 6\\.");
        }
    }

    static int sum(List<Integer> list) {
        return list.stream().mapToInt(x -> x).sum();
    }

    @Test
    void theNearestHasMostArgumentsInCommon() {
        try (Cache cache = Cache.memory()) {
            Memo3<Integer, Integer, Integer, Integer> memo = Fleche.<Integer, Integer, Integer, Integer>of(
                            ExplanationTest::add)
                    .in(cache);
            memo.apply(1, 2, 3);
            memo.apply(1, 8, 9);
            memo.apply(7, 8, 9);

            Explanation explanation = memo.on(1, 2, 9).explain();

            assertThat(explanation).isInstanceOfSatisfying(Explanation.ArgumentDiffers.class, differs -> {
                assertThat(differs.count()).isEqualTo(1);
                assertThat(differs.nearest()).isIn(memo.digest(1, 2, 3), memo.digest(1, 8, 9));
            });
        }
    }

    static int add(int a, int b, int c) {
        return a + b + c;
    }

    @Test
    void theBodyDoesNotRunAndNothingIsStored() {
        try (Cache cache = Cache.memory()) {
            Memo1<Integer, Integer> memo = Fleche.of(ExplanationTest::fails);

            Explanation explanation = memo.in(cache).on(1).explain();

            assertThat(explanation)
                    .isEqualTo(new Explanation.NeverComputed(
                            new FunctionId(ExplanationTest.class.getName(), "fails", List.of("int")),
                            memo.digest(1),
                            false));
            assertThat(cache.query().count()).isZero();
        }
    }

    static int fails(int x) {
        throw new AssertionError("ran with " + x);
    }

    @Test
    void manyPlacesAreCounted() {
        Explanation.Difference place = new Explanation.Difference("a", "1", "2");
        Explanation.ArgumentDiffers explanation = new Explanation.ArgumentDiffers(
                new FunctionId("A", "f", List.of()),
                Digester.standard().digest(1),
                Digester.standard().digest(2),
                List.of(place, place, place, place),
                1007,
                List.of());

        assertThat(explanation)
                .hasToString("miss: the nearest recorded call of A.f differs in a: 1 → 2, a: 1 → 2, a: 1 → 2 and"
                        + " 1,004 more places.");
    }

    @Test
    void changesAreToldByTheirKind() {
        assertThat(change(Explanation.Change.Kind.METHOD, "com.acme.Lattice.energy(com.acme.Mesh)", "a", "b"))
                .isEqualTo("Lattice.energy(Mesh) changed");
        assertThat(change(Explanation.Change.Kind.METHOD, "com.acme.A.f(int)", "", "b"))
                .isEqualTo("A.f(int) is reached now");
        assertThat(change(Explanation.Change.Kind.METHOD, "com.acme.A.f(int)", "a", ""))
                .isEqualTo("A.f(int) is no longer reached");
        assertThat(change(Explanation.Change.Kind.CLASS, "com.acme.A", "a", "b"))
                .isEqualTo("the supertypes of A changed");
        assertThat(change(Explanation.Change.Kind.CONSTANT, "com.acme.A.LIMIT", "3", "4"))
                .isEqualTo("A.LIMIT: 3 → 4");
        assertThat(change(Explanation.Change.Kind.LIBRARY, "org.a:b", "1", "2")).isEqualTo("org.a:b 1 → 2");
        assertThat(change(Explanation.Change.Kind.JAVA, "Java", "17", "25")).isEqualTo("Java 17 → 25");
    }

    private static String change(Explanation.Change.Kind kind, String name, String recorded, String present) {
        return new Explanation.Change(kind, name, recorded, present).toString();
    }
}
