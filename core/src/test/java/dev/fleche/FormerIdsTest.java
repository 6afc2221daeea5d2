package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.annotation.FormerlyKnownAs;
import dev.fleche.cache.Cache;
import dev.fleche.cache.NotCachedException;
import dev.fleche.record.CallRecord;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FormerIdsTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    /** The class in which the function was. */
    private static final class Former {
        static double[] field(double h) {
            RUNS.incrementAndGet();
            return new double[] {h};
        }

        static double[] other(double h) {
            RUNS.incrementAndGet();
            return new double[] {h, h};
        }
    }

    @FormerlyKnownAs({"acme.Gone.field(double)", "dev.fleche.FormerIdsTest$Former.field(double)"})
    static double[] field(double h) {
        RUNS.incrementAndGet();
        return new double[] {h};
    }

    @FormerlyKnownAs("dev.fleche.FormerIdsTest$Former.other(double)")
    static double[] changed(double h) {
        RUNS.incrementAndGet();
        return new double[] {h, h, h};
    }

    private final Cache cache = Cache.memory();
    private final Memo1<Double, double[]> before = Fleche.of(Former::field).in(cache);
    private final Memo1<Double, double[]> now = Fleche.of(FormerIdsTest::field).in(cache);

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    @Test
    void aMovedFunctionKeepsItsEntries() {
        before.apply(1.5);

        assertThat(now.apply(1.5)).containsExactly(1.5);

        assertThat(RUNS).hasValue(1);
    }

    @Test
    void whatIsFoundIsFiledUnderThePresentIdToo() {
        before.apply(1.5);
        CallRecord old = before.query().latest().orElseThrow().record();

        now.apply(1.5);

        CallRecord filed = now.query().latest().orElseThrow().record();
        assertThat(filed).isEqualTo(old.renamed(now.digest(1.5), now.function()));
        assertThat(filed.codeDigest()).isPresent();
        assertThat(before.contains(1.5)).isTrue();
        assertThat(now.contains(1.5)).isTrue();
    }

    @Test
    void anEntryUnderAFormerIdCanBeLoaded() {
        before.apply(1.5);

        assertThat(now.load(1.5)).containsExactly(1.5);

        assertThatExceptionOfType(NotCachedException.class).isThrownBy(() -> now.load(2.5));
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aFunctionThatWasChangedAsItWasRenamedRuns() {
        Fleche.of(Former::other).in(cache).apply(1.5);

        assertThat(Fleche.of(FormerIdsTest::changed).in(cache).apply(1.5)).hasSize(3);

        assertThat(RUNS).hasValue(2);
    }

    @Test
    void anEntryUnderAFormerIdIsContained() {
        before.apply(1.5);

        assertThat(now.contains(1.5)).isTrue();
        assertThat(now.contains(2.5)).isFalse();
    }

    @Test
    void whatAFormerIdComputedByOtherCodeIsExplainedAndRefusedAndTakenOver() {
        Fleche.of(Former::other).in(cache).apply(1.5);
        Memo1<Double, double[]> failing = changedWith(CodeChange.FAIL);

        assertThat(failing.on(1.5).explain()).isInstanceOf(Explanation.CodeChanged.class);
        assertThatExceptionOfType(CodeChangedException.class).isThrownBy(() -> failing.apply(1.5));
        assertThat(changedWith(CodeChange.ADOPT).apply(1.5)).hasSize(2);

        CallRecord filed = failing.query().latest().orElseThrow().record();
        assertThat(filed.key()).isEqualTo(failing.digest(1.5));
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void whatAFormerIdComputedByOtherCodeCanBeAdopted() {
        Memo1<Double, double[]> former = Fleche.of(Former::other).in(cache);
        former.apply(1.5);
        Memo1<Double, double[]> present = changedWith(CodeChange.RECOMPUTE);

        assertThat(present.adopt(Adoption.atOnce()).adopted()).isEqualTo(1);

        assertThat(present.apply(1.5)).hasSize(2);
        assertThat(former.contains(1.5)).isTrue();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void ofAFunctionWithItsOwnCodeInTheKeyThatCodeIsTakenOver() {
        Option method = Option.codeKey(CodeKey.METHOD);
        Fleche.of(Former::other, method).in(cache).apply(1.5);

        assertThat(changedWith(CodeChange.ADOPT, method).apply(1.5)).hasSize(2);
    }

    private Memo1<Double, double[]> changedWith(CodeChange choice, Option... others) {
        Option[] options = Arrays.copyOf(others, others.length + 1);
        options[others.length] = Option.onCodeChange(choice);
        return Fleche.of(FormerIdsTest::changed, options).in(cache);
    }

    @Test
    void withoutCodeInTheKeyTheVersionAloneDecides() {
        Fleche.of(Former::other, Option.codeKey(CodeKey.NONE)).in(cache).apply(1.5);

        assertThat(Fleche.of(FormerIdsTest::changed, Option.codeKey(CodeKey.NONE), Option.version(2))
                        .in(cache)
                        .apply(1.5))
                .hasSize(3);
        assertThat(Fleche.of(FormerIdsTest::changed, Option.codeKey(CodeKey.NONE))
                        .in(cache)
                        .apply(1.5))
                .hasSize(2);
    }

    @Test
    void otherArgumentsRun() {
        before.apply(1.5);

        assertThat(now.apply(2.5)).containsExactly(2.5);

        assertThat(RUNS).hasValue(2);
    }

    @Test
    void aReadOnlyCacheFindsTheFormerEntryEachTime() {
        before.apply(1.5);
        Memo1<Double, double[]> reading = Fleche.of(FormerIdsTest::field).in(cache.readOnly());

        double[] first = reading.apply(1.5);
        double[] second = reading.apply(1.5);

        assertThat(Arrays.equals(first, second)).isTrue();
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void aStartedCallWhoseResultIsUnderAFormerIdNeedsNoExecutor() throws Exception {
        before.apply(1.5);

        assertThat(now.on(1.5)
                        .start(task -> {
                            throw new AssertionError("submitted");
                        })
                        .get())
                .containsExactly(1.5);
        assertThat(RUNS).hasValue(1);
    }

    @Test
    void whatOtherCodeComputedUnderAFormerIdIsTold() throws InterruptedException {
        Fleche.of(Former::other).in(cache).apply(1.5);

        try (CodeChangeTest.News news = new CodeChangeTest.News()) {
            Fleche.of(FormerIdsTest::changed).in(cache).apply(2.5);

            assertThat(news.next().orElseThrow())
                    .startsWith("1 result of FormerIdsTest.changed was computed by other code");
        }
    }

    @Test
    void whatTheSameCodeComputedUnderAFormerIdIsNoNews() throws InterruptedException {
        before.apply(1.5);

        try (CodeChangeTest.News news = new CodeChangeTest.News()) {
            now.apply(2.5);
            CodeNews.awaitIdle();

            assertThat(news.told()).isEmpty();
        }
    }
}
