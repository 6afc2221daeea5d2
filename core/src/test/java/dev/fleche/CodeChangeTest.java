package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.record.CallRecord;
import dev.fleche.testing.ExplanationStore;
import dev.fleche.testing.PhysicsProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a call does whose result is there, computed by earlier code. */
class CodeChangeTest {

    private static final Option ADOPT = Option.onCodeChange(CodeChange.ADOPT);
    private static final Option FAIL = Option.onCodeChange(CodeChange.FAIL);
    private static final double BEFORE = 0.1 * 2 * 2 + 4;
    private static final double NOW = 0.1 * 3 * 2 + 4;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    static Path compiled;

    private PhysicsProgram before;
    private PhysicsProgram now;
    private Cache cache;

    @BeforeEach
    void programs() {
        before = PhysicsProgram.of(compiled, "h * 2");
        now = PhysicsProgram.of(compiled, "h * 3");
        cache = Cache.memory();
    }

    @AfterEach
    void close() {
        cache.close();
        before.close();
        now.close();
    }

    private double compute(PhysicsProgram program, Cache in, Option... options) {
        return program.relax(in, options).apply(program.mesh(0.1, 4), 2)[0];
    }

    private CallRecord record(PhysicsProgram program, Option... options) {
        Memo2<Object, Integer, double[]> relax = program.relax(cache, options);
        return cache.load(relax.digest(program.mesh(0.1, 4), 2), relax.profile().context())
                .record();
    }

    @Test
    void withoutAChoiceTheBodyRuns() {
        compute(before, cache);

        assertThat(compute(now, cache)).isEqualTo(NOW);
        assertThat(compute(before, cache)).isEqualTo(BEFORE);
        assertThat(cache.query().count()).isEqualTo(2);
    }

    @Test
    void anAdoptedResultIsFiledForThePresentCode() {
        compute(before, cache);

        double adopted = compute(now, cache, ADOPT);

        CallRecord old = record(before);
        CallRecord filed = record(now);
        assertThat(adopted).isEqualTo(BEFORE);
        assertThat(compute(now, cache)).isEqualTo(BEFORE);
        assertThat(filed.key()).isNotEqualTo(old.key());
        assertThat(filed.computedBy()).isEqualTo(old.codeDigest());
        assertThat(filed.codeDigest()).isPresent().isNotEqualTo(old.codeDigest());
        assertThat(filed.start()).isEqualTo(old.start());
    }

    @Test
    void aResultThatWasAdoptedTwiceNamesWhoComputedIt() {
        compute(before, cache);
        compute(now, cache, ADOPT);
        try (PhysicsProgram later = PhysicsProgram.of(compiled, "h * 4")) {
            assertThat(compute(later, cache, ADOPT)).isEqualTo(BEFORE);
            assertThat(record(later).computedBy()).isEqualTo(record(before).codeDigest());
        }
    }

    @Test
    void theLatestOfSeveralCodesIsAdopted() {
        compute(before, cache);
        compute(now, cache);
        try (PhysicsProgram later = PhysicsProgram.of(compiled, "h * 4")) {
            assertThat(compute(later, cache, ADOPT)).isEqualTo(NOW);
        }
    }

    @Test
    void theNumberOfLaterCodesWithOtherResultsDoesNotMatter(@TempDir Path directory) {
        try (Cache files = Cache.open(directory)) {
            compute(before, files);
            for (int factor = 4; factor < 14; factor++) {
                try (PhysicsProgram later = PhysicsProgram.of(compiled, "h * " + factor)) {
                    later.relax(files).apply(later.mesh(0.2, 4), 2);
                }
            }
            assertThatThrownBy(() -> compute(now, files, FAIL)).isInstanceOf(CodeChangedException.class);
        }
        try (Cache files = Cache.open(directory)) {
            assertThatThrownBy(() -> compute(now, files, FAIL)).isInstanceOf(CodeChangedException.class);
            assertThat(compute(now, files, ADOPT)).isEqualTo(BEFORE);
        }
    }

    @Test
    void nothingIsAdoptedForOtherArgumentsOrVersions() {
        compute(before, cache);

        assertThat(now.relax(cache, ADOPT).apply(now.mesh(0.1, 5), 2)[0]).isEqualTo(NOW + 1);
        assertThat(compute(now, cache, ADOPT, Option.version(2))).isEqualTo(NOW);
    }

    @Test
    void aReadOnlyCacheGivesWhatItCannotFile() {
        compute(before, cache);

        assertThat(compute(now, cache.readOnly(), ADOPT)).isEqualTo(BEFORE);
        assertThat(cache.query().count()).isEqualTo(1);
    }

    @Test
    void ofAFunctionWithItsOwnCodeInTheKeyThatCodeIsAdopted() {
        Option method = Option.codeKey(CodeKey.METHOD);
        compute(before, cache, method);
        try (PhysicsProgram edited = PhysicsProgram.of(compiled, "h * 2", "mesh.cells() + 1", "1.0")) {
            assertThat(compute(edited, cache, method, ADOPT)).isEqualTo(BEFORE);
        }
    }

    @Test
    void whatWasComputedUnderAnotherCodeKeyIsAdopted() {
        compute(before, cache, Option.codeKey(CodeKey.NONE));

        assertThat(compute(before, cache, FAIL)).isEqualTo(BEFORE);
        assertThat(record(before).computedBy()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CodeKey.class)
    void anotherChoiceOfWhatEntersTheKeyIsNoOtherCode(CodeKey former) {
        compute(before, cache, Option.codeKey(former));

        for (CodeKey present : CodeKey.values()) {
            assertThat(compute(before, cache, FAIL, Option.codeKey(present))).isEqualTo(BEFORE);
            assertThat(record(before, Option.codeKey(present)).start())
                    .isEqualTo(record(before, Option.codeKey(former)).start());
        }
    }

    @ParameterizedTest
    @EnumSource(CodeKey.class)
    void resultsFollowAnotherChoiceOfWhatEntersTheKey(CodeKey former) {
        for (CodeKey present : CodeKey.values()) {
            compute(before, cache, Option.codeKey(former));
            Memo2<Object, Integer, double[]> relax = before.relax(cache, Option.codeKey(present));

            assertThat(relax.adopt(Adoption.afterSample(1)).adopted()).isEqualTo(present == former ? 0 : 1);
            assertThat(relax.contains(before.mesh(0.1, 4), 2)).isTrue();
            assertThat(cache.query().count()).isEqualTo(1);
            cache.evict(relax.digest(before.mesh(0.1, 4), 2));
        }
    }

    @Test
    void theCodeWithTheLatestResultsIsAdoptedFirst() {
        Option none = Option.codeKey(CodeKey.NONE);
        compute(before, cache);
        compute(now, cache, none);
        try (PhysicsProgram later = PhysicsProgram.of(compiled, "h * 4")) {
            assertThat(compute(later, cache, ADOPT)).isEqualTo(NOW);
        }
    }

    @Test
    void aLostResultIsNotAdopted(@TempDir Path directory) {
        try (ExplanationStore store = ExplanationStore.files(directory, compiled)) {
            Call<?> old = store.computed(before);
            store.storages().values().remove(store.resultOf(old));

            assertThat(compute(now, store.writer(), ADOPT)).isEqualTo(NOW);
            assertThat(compute(now, store.writer(), FAIL)).isEqualTo(NOW);
        }
    }

    @Test
    void aCallThatIsToFailDoesSoBeforeItsBody() {
        compute(before, cache);

        assertThatThrownBy(() -> compute(now, cache, FAIL))
                .isInstanceOf(CodeChangedException.class)
                .hasMessage("the result of Physics.relax for the key "
                        + now.relax(cache).digest(now.mesh(0.1, 4), 2) + " is there, computed by other code under the"
                        + " key " + record(before).key() + " (Lattice.energy(double) changed); adopt it by"
                        + " memo.adopt(…) or CodeChange.ADOPT if the change is harmless, or choose"
                        + " CodeChange.RECOMPUTE");
        assertThat(cache.query().count()).isEqualTo(1);
    }

    @Test
    void aCallThatIsToFailRunsWhereNothingIsThere() {
        assertThat(compute(now, cache, FAIL)).isEqualTo(NOW);
        assertThat(compute(now, cache, FAIL)).isEqualTo(NOW);
        assertThat(now.relax(cache, FAIL).rerun(now.mesh(0.1, 4), 2)[0]).isEqualTo(NOW);
    }

    @Test
    void aFailureReachesWhoeverWaitsForTheCall() {
        compute(before, cache);
        Call<double[]> call = now.relax(cache, FAIL).on(now.mesh(0.1, 4), 2);

        CompletableFuture<double[]> started = call.start(Runnable::run);

        assertThatThrownBy(started::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CodeChangedException.class);
    }

    @Test
    void resultsThatComeLaterAreAdoptedToo() throws Exception {
        before.later(cache).apply(1.0).get();

        assertThat(now.later(cache, ADOPT).apply(1.0).get()).isEqualTo(2.0);
        assertThat(now.later(cache).apply(1.0).get()).isEqualTo(2.0);
    }

    @Test
    void callsThatWouldYieldLaterFailAtOnce() throws Exception {
        before.later(cache).apply(1.0).get();
        Memo1<Double, CompletableFuture<Double>> later = now.later(cache, FAIL);

        assertThatThrownBy(() -> later.apply(1.0)).isInstanceOf(CodeChangedException.class);
        assertThat(later.apply(2.0).get()).isEqualTo(6.0);
    }

    @Test
    void lambdasWithoutNamesAdoptFromTheSameBodyAlone() {
        before.lambda(cache).apply(1);
        try (PhysicsProgram edited = PhysicsProgram.of(compiled, "h * 3", "mesh.cells() + 1", "1.0")) {
            int lengthOfOwn = "mesh.cells() + 1".length();
            assertThat(edited.lambda(cache, FAIL).apply(1)).isEqualTo(1 + 3 * lengthOfOwn);
            assertThat(edited.lambda(cache, ADOPT).apply(2)).isEqualTo(2 + 3 * lengthOfOwn);
            assertThat(now.lambda(cache, ADOPT).apply(1))
                    .isEqualTo(before.lambda(cache).load(1));
        }
    }

    /** Hands over what the library tells. */
    static final class News extends Handler implements AutoCloseable {

        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        private final Logger logger = Logger.getLogger("dev.fleche");

        News() throws InterruptedException {
            // what earlier calls have to tell is not ours
            CodeNews.awaitIdle();
            logger.addHandler(this);
        }

        Optional<String> next() throws InterruptedException {
            return Optional.ofNullable(lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        }

        /** Returns what was told and not handed over yet. */
        List<String> told() {
            return List.copyOf(lines);
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().equals(Level.INFO) && line.getMessage().contains("other code")) {
                lines.add(line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void theFirstMissTellsOfResultsByOtherCode() throws InterruptedException {
        compute(before, cache);
        before.relax(cache).apply(before.mesh(0.2, 4), 2);
        try (News news = new News()) {
            compute(now, cache);
            now.relax(cache).apply(now.mesh(0.2, 4), 2);

            assertThat(news.next())
                    .contains("2 results of Physics.relax were computed by other code (Lattice.energy(double) changed),"
                            + " and the present code computes again; to keep them call memo.adopt(…), or declare the"
                            + " function with Option.onCodeChange(CodeChange.ADOPT)");
            CodeNews.awaitIdle();
            assertThat(news.lines).isEmpty();
        }
    }

    @Test
    void changesThatTakeNoPartInTheKeyAreNoNews() throws InterruptedException {
        Option method = Option.codeKey(CodeKey.METHOD);
        compute(before, cache, method);
        try (News news = new News()) {
            now.relax(cache, method).apply(now.mesh(0.2, 4), 2);

            CodeNews.awaitIdle();
            assertThat(news.lines).isEmpty();
        }
    }

    @Test
    void resultsOfPresentCodeForOtherClassesOfArgumentsAreNoNews() throws InterruptedException {
        Memo1<Shape, Double> area = Fleche.of(CodeChangeTest::area);
        try (News news = new News()) {
            area.in(cache).apply(new Circle(1));
            area.in(cache).apply(new Square(1));
            Fleche.<Shape, Double>of(CodeChangeTest::area).in(cache).apply(new Square(2));

            CodeNews.awaitIdle();
            assertThat(news.lines).isEmpty();
            assertThat(cache.query().stream()
                            .map(call -> call.record().codeDigest())
                            .distinct())
                    .hasSize(2);
        }
    }

    sealed interface Shape permits Circle, Square {
        double area();
    }

    record Circle(double r) implements Shape {
        @Override
        public double area() {
            return Math.PI * r * r;
        }
    }

    record Square(double a) implements Shape {
        @Override
        public double area() {
            return a * a;
        }
    }

    static double area(Shape shape) {
        return shape.area();
    }
}
