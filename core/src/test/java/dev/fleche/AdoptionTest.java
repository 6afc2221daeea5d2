package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.digest.Digest;
import dev.fleche.digest.Digester;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.StorageException;
import dev.fleche.testing.ExplanationStore;
import dev.fleche.testing.PhysicsProgram;
import dev.fleche.testing.Samples;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptionTest {

    @TempDir
    static Path compiled;

    private PhysicsProgram before;
    private PhysicsProgram same;
    private PhysicsProgram other;
    private Cache cache;

    @BeforeEach
    void programs() {
        before = PhysicsProgram.of(compiled, "h * 2");
        same = PhysicsProgram.of(compiled, "2 * h");
        other = PhysicsProgram.of(compiled, "h * 3");
        cache = Cache.memory();
    }

    @AfterEach
    void close() {
        cache.close();
        before.close();
        same.close();
        other.close();
    }

    private void compute(PhysicsProgram program, Option... options) {
        for (int steps = 1; steps <= 3; steps++) {
            program.relax(cache, options).apply(program.mesh(0.5, 4), steps);
        }
    }

    private boolean isThere(PhysicsProgram program, int steps) {
        return program.relax(cache).contains(program.mesh(0.5, 4), steps);
    }

    @Test
    void resultsMoveToTheKeysOfThePresentCode() {
        compute(before);

        AdoptionReport report = other.relax(cache).adopt(Adoption.atOnce());

        assertThat(report).hasToString("3 results of Physics.relax adopted");
        assertThat(report.isDone()).isTrue();
        assertThat(other.relax(cache).load(other.mesh(0.5, 4), 3)[0]).isEqualTo(0.5 * 2 * 3 + 4);
        assertThat(isThere(before, 1)).isFalse();
        assertThat(cache.query().count()).isEqualTo(3);
    }

    @Test
    void whatIsUpToDateStays() {
        compute(before);

        assertThat(before.relax(cache).adopt(Adoption.atOnce())).hasToString("0 results of Physics.relax adopted");
        assertThat(before.relax(cache).adopt(Adoption.afterSample(1)).isDone()).isTrue();
        assertThat(isThere(before, 1)).isTrue();
    }

    @Test
    void aResultOfThePresentCodeIsKept() {
        compute(before);
        other.relax(cache).apply(other.mesh(0.5, 4), 3);

        AdoptionReport report = other.relax(cache).adopt(Adoption.atOnce());

        assertThat(report).hasToString("2 results of Physics.relax adopted; 1 there already");
        assertThat(other.relax(cache).load(other.mesh(0.5, 4), 3)[0]).isEqualTo(0.5 * 3 * 3 + 4);
        assertThat(isThere(before, 3)).isTrue();
    }

    @Test
    void aSampleWithTheSameResultsIsEnough() {
        compute(before);

        AdoptionReport report = same.relax(cache).adopt(Adoption.afterSample(2));

        assertThat(report)
                .hasToString("3 results of Physics.relax adopted; 2 calls computed again with the same result");
        assertThat(isThere(same, 1)).isTrue();
    }

    @Test
    void aSampleWithAnotherResultStopsEverything() {
        compute(before);
        Digest latest = before.relax(cache).digest(before.mesh(0.5, 4), 3);

        AdoptionReport report = other.relax(cache).adopt(Adoption.afterSample(1));

        assertThat(report.isDone()).isFalse();
        assertThat(report.differing())
                .hasValueSatisfying(differing -> assertThat(differing.key()).isEqualTo(latest));
        assertThat(report)
                .hasToString("nothing of Physics.relax was adopted: the call " + latest.prefix(12)
                        + " has another result with the present code, result[0]: 7.0 → 8.5, result[1]: 7.0 → 8.5,"
                        + " result[2]: 7.0 → 8.5 and 297 more places");
        assertThat(isThere(before, 1)).isTrue();
        assertThat(isThere(other, 1)).isFalse();
    }

    @Test
    void aSampleOfAFunctionThatYieldsLaterIsWaitedFor() throws Exception {
        before.later(cache).apply(1.0).get();

        AdoptionReport refused = other.later(cache).adopt(Adoption.afterSample(1));
        AdoptionReport done = same.later(cache).adopt(Adoption.afterSample(1));

        assertThat(refused).asString().endsWith("has another result with the present code, result: 2.0 → 3.0");
        assertThat(done.adopted()).isEqualTo(1);
    }

    @Test
    void callsWithoutAllTheirArgumentsAreNoSample() {
        before.quiet(cache).apply(1.0, true);

        AdoptionReport refused = same.quiet(cache).adopt(Adoption.afterSample(1));
        AdoptionReport done = same.quiet(cache).adopt(Adoption.atOnce());

        assertThat(refused)
                .hasToString("nothing of Physics.quiet was adopted: none of its calls can be computed again from what"
                        + " is recorded of them");
        assertThat(done.adopted()).isEqualTo(1);
    }

    @Test
    void ofSeveralCodesTheOneWithTheLatestResultsIsAdopted() {
        compute(before);
        other.relax(cache).apply(other.mesh(0.5, 4), 3);
        try (PhysicsProgram now = PhysicsProgram.of(compiled, "3 * h")) {
            AdoptionReport report = now.relax(cache).adopt(Adoption.atOnce());

            assertThat(report)
                    .hasToString("1 result of Physics.relax adopted; 3 left: a later code has results as well");
            assertThat(report.codes())
                    .extracting(AdoptionReport.OfCode::results, AdoptionReport.OfCode::adopted)
                    .containsExactly(tuple(1L, 1L), tuple(3L, 0L));
            assertThat(now.relax(cache).load(now.mesh(0.5, 4), 3)[0]).isEqualTo(0.5 * 3 * 3 + 4);
            assertThat(isThere(now, 1)).isFalse();
            assertThat(isThere(before, 3)).isTrue();
            assertThat(now.relax(cache).adopt(Adoption.atOnce()).adopted()).isEqualTo(2);
        }
    }

    @Test
    void aSampleVouchesForNoOtherCode() {
        before.quiet(cache).apply(1.0, true);
        other.quiet(cache).apply(2.0, true);
        try (PhysicsProgram now = PhysicsProgram.of(compiled, "3 * h")) {
            AdoptionReport report = now.quiet(cache).adopt(Adoption.afterSample(5));

            assertThat(report.isDone()).isFalse();
            assertThat(report.codes())
                    .extracting(AdoptionReport.OfCode::obstacle)
                    .containsExactly(
                            "none of its calls can be computed again from what is recorded of them",
                            "a later code has results as well");
            assertThat(now.quiet(cache).contains(1.0, true)).isFalse();
            assertThat(now.quiet(cache).contains(2.0, true)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aSampleTakesOverNoResultsOfOtherCode(boolean isAdoptedBefore) {
        try (Scope scope = Fleche.use(cache)) {
            before.outer().apply(1.0);
            if (isAdoptedBefore) {
                assertThat(other.outer().apply(1.0)).isEqualTo(3.0);
                cache.evict(other.outer().digest(1.0));
            }

            AdoptionReport report = other.outer().adopt(Adoption.afterSample(1));

            assertThat(report).asString().endsWith("has another result with the present code, result: 3.0 → 4.0");
            assertThat(before.outer().contains(1.0)).isTrue();
            assertThat(cache.query().count()).isEqualTo(3);
        }
    }

    @Test
    void callsWhoseArgumentsAreNotStoredStay() {
        compute(before, Option.storeArguments(ArgumentStoring.NONE));

        assertThat(other.relax(cache).adopt(Adoption.atOnce()))
                .hasToString("0 results of Physics.relax adopted; 3 left, whose arguments are not stored or changed");
        assertThat(isThere(before, 1)).isTrue();
    }

    @Test
    void resultsOfOtherReceiversStay() {
        before.solver(2, cache).apply(1.0);
        before.solver(3, cache).apply(1.0);

        AdoptionReport report = same.solver(2, cache).adopt(Adoption.afterSample(5));

        assertThat(report)
                .hasToString("1 result of Physics$Solver.solve adopted; 1 call computed again with the same result");
        assertThat(before.solver(3, cache).contains(1.0)).isTrue();
        assertThat(same.solver(2, cache).query().stale().isEmpty()).isTrue();
        assertThat(same.solver(3, cache).query().stale().count()).isEqualTo(1);
    }

    private enum Step {
        UP {
            @Override
            int from(int x) {
                return x + 1;
            }
        },
        DOWN {
            @Override
            int from(int x) {
                return x - 1;
            }
        };

        abstract int from(int x);
    }

    @Test
    void resultsOfReceiversOfOtherClassesAreUpToDate() {
        Step first = Step.UP;
        Step second = Step.DOWN;
        Memo1<Integer, Integer> up = Fleche.<Integer, Integer>of(first::from).in(cache);
        Memo1<Integer, Integer> down = Fleche.<Integer, Integer>of(second::from).in(cache);
        up.apply(1);

        assertThat(down.query().stale().isEmpty()).isTrue();
        assertThat(cache.query().stale().isEmpty()).isTrue();
        assertThat(down.on(1).explain()).asString().doesNotContain("changed", "reached");
        assertThat(down.adopt(Adoption.atOnce()).codes()).isEmpty();
        assertThat(up.contains(1)).isTrue();
        assertThat(up.query().stale().isEmpty()).isTrue();
    }

    @Test
    void otherVersionsStay() {
        compute(before);

        assertThat(other.relax(cache, Option.version(2))
                        .adopt(Adoption.atOnce())
                        .adopted())
                .isZero();
    }

    @Test
    void whereTheKeyHoldsNoCodeTheRecordsAloneChange() {
        Option none = Option.codeKey(CodeKey.NONE);
        compute(before, none);
        assertThat(other.relax(cache, none).query().stale().count()).isEqualTo(3);

        AdoptionReport report = other.relax(cache, none).adopt(Adoption.atOnce());

        assertThat(report.adopted()).isEqualTo(3);
        assertThat(other.relax(cache, none).query().stale().isEmpty()).isTrue();
        assertThat(before.relax(cache, none).query().stale().count()).isEqualTo(3);
    }

    @Test
    void whereTheKeyHoldsTheFunctionsOwnCodeThatIsAdopted() {
        Option method = Option.codeKey(CodeKey.METHOD);
        compute(before, method);
        try (PhysicsProgram edited = PhysicsProgram.of(compiled, "h * 2", "mesh.cells() + 1", "1.0")) {
            AdoptionReport report = edited.relax(cache, method).adopt(Adoption.atOnce());

            assertThat(report.adopted()).isEqualTo(3);
            assertThat(edited.relax(cache, method).contains(edited.mesh(0.5, 4), 1))
                    .isTrue();
        }
    }

    @Test
    void aCacheThatIsReadOnlyKeepsWhatItHas() {
        compute(before);

        assertThatThrownBy(() -> other.relax(cache.readOnly()).adopt(Adoption.atOnce()))
                .isInstanceOf(StorageException.class)
                .hasMessage("the cache is read-only");
        assertThat(isThere(before, 1)).isTrue();
    }

    @Test
    void aLambdaWithoutANameAdoptsFromTheSameBodyAlone() {
        before.lambda(cache).apply(1);
        try (PhysicsProgram edited = PhysicsProgram.of(compiled, "h * 3", "mesh.cells() + 1", "1.0")) {
            assertThat(edited.lambda(cache).adopt(Adoption.atOnce()).adopted()).isZero();
            assertThat(other.lambda(cache).adopt(Adoption.atOnce()).adopted()).isEqualTo(1);
            assertThat(other.lambda(cache).contains(1)).isTrue();
        }
    }

    @Test
    void aSampleHasOneCallAtLeast() {
        assertThatThrownBy(() -> Adoption.afterSample(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a sample of one or more calls, found 0; to adopt without one say"
                        + " Adoption.atOnce()");
        assertThat(List.of(Adoption.atOnce().toString(), Adoption.afterSample(3).toString()))
                .containsExactly("Adoption.atOnce()", "Adoption.afterSample(3)");
    }

    @Test
    void staleAreTheCallsOfOtherCode() {
        compute(before);
        other.relax(cache).apply(other.mesh(0.5, 4), 1);
        Memo2<Object, Integer, double[]> relax = other.relax(cache);

        assertThat(relax.query().count()).isEqualTo(4);
        assertThat(relax.query().stale().count()).isEqualTo(3);
        assertThat(relax.query()
                        .filter(call -> call.<Integer>argument("steps") == 2)
                        .stale()
                        .latest())
                .isPresent();
        assertThat(before.relax(cache).query().stale().count()).isEqualTo(1);
    }

    @Test
    void aCacheKnowsTheStaleCallsOfDeclaredFunctions(@TempDir Path directory) {
        try (ExplanationStore store = ExplanationStore.files(directory, compiled)) {
            Call<?> call = store.computed(before);
            List<RecordedCall<Object>> fresh = store.writer().query().stale().toList();
            store.rewrite(
                    call,
                    record -> record.adopted(record.key(), Digester.standard().digest("other code")));

            assertThat(fresh).isEmpty();
            assertThat(store.writer().query().stale().stream().map(RecordedCall::key))
                    .containsExactly(call.digest());
        }
    }

    @Test
    void aCacheDoesNotJudgeFunctionsThatNobodyDeclared(@TempDir Path directory) {
        try (ExplanationStore store = ExplanationStore.files(directory, compiled)) {
            store.storages().calls().replace(Samples.record(1));

            assertThat(store.writer().query().count()).isEqualTo(1);
            assertThat(store.writer().query().stale().isEmpty()).isTrue();
        }
    }

    @Test
    void callsOfOtherLambdasAreNotStale() {
        before.lambda(cache).apply(1);
        try (PhysicsProgram edited = PhysicsProgram.of(compiled, "h * 3", "mesh.cells() + 1", "1.0")) {
            assertThat(edited.lambda(cache).query().stale().isEmpty()).isTrue();
            assertThat(other.lambda(cache).query().stale().count()).isEqualTo(1);
            assertThat(cache.query().stale().isEmpty()).isTrue();
        }
    }

    @Test
    void anAdoptedCallIsNotStale() {
        compute(before);
        Option adopt = Option.onCodeChange(CodeChange.ADOPT);
        other.relax(cache, adopt).apply(other.mesh(0.5, 4), 1);

        assertThat(other.relax(cache).query().stale().count()).isEqualTo(3);
        assertThat(other.relax(cache).query().count()).isEqualTo(4);
    }
}
