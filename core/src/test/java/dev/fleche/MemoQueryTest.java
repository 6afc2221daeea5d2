package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.annotation.Content;
import dev.fleche.annotation.Ignored;
import dev.fleche.cache.Cache;
import dev.fleche.digest.Digester;
import dev.fleche.record.Query;
import dev.fleche.record.RecordFilter;
import dev.fleche.record.RecordedCall;
import dev.fleche.storage.CacheConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoQueryTest {

    private record Job(String name) {
        long run(long n) {
            return n + name.length();
        }
    }

    private final List<RecordFilter> asked = new CopyOnWriteArrayList<>();
    private final Cache cache = InterceptedCalls.asked(asked::add);

    static double scaled(double factor, long count, @Ignored boolean verbose) {
        return factor * count;
    }

    static List<String> lines(@Content Path file) throws IOException {
        return Files.readAllLines(file);
    }

    static CompletableFuture<Long> later(int n) {
        return CompletableFuture.completedFuture(2L * n);
    }

    static Object anything(Object value) {
        return value;
    }

    @Test
    void aMemoAsksTheStorageForItsFunctionAndVersionAlone() {
        Memo3<Double, Long, Boolean, Double> plain =
                Fleche.of(MemoQueryTest::scaled).in(cache);
        Memo3<Double, Long, Boolean, Double> versioned =
                Fleche.of(MemoQueryTest::scaled, Option.version("7")).in(cache);
        plain.apply(1.5, 2L, true);
        versioned.apply(1.5, 2L, true);
        versioned.apply(2.5, 2L, true);

        assertThat(plain.query().count()).isEqualTo(1);
        assertThat(versioned.query().count()).isEqualTo(2);
        // whoever looks for results of other code asks for all
        assertThat(asked)
                .filteredOn(wanted -> !wanted.equals(RecordFilter.ALL))
                .containsExactly(
                        RecordFilter.ALL.withFunction(plain.function()),
                        RecordFilter.ALL.withFunction(plain.function()).withVersion("7"));
    }

    @Test
    void everyViewOfACachePassesOnWhatIsAskedFor() {
        Cache readOnly = cache.readOnly();
        TravelledCaches.Opened opened = new TravelledCaches.Opened(CacheConfig.of("memory"));
        opened.set(readOnly);
        Cache travelled = new TravelledCache(CacheConfig.of("memory"), opened, System::nanoTime);

        assertThat(travelled.query().tag("project", "alpha")).isEmpty();
        assertThat(asked).containsExactly(RecordFilter.ALL.withTag("project", "alpha"));
    }

    @Test
    void anArgumentIsDigestedAsACallDoes() {
        Fn3<Double, Integer, Boolean, Double> function = MemoQueryTest::scaled;
        Memo3<Double, Integer, Boolean, Double> scaled = Fleche.of(function).in(cache);
        scaled.apply(3.0, 4, true);
        scaled.apply(3.0, 5, true);
        Query<Double> query = scaled.query();

        assertThat(query.argument(name(scaled, 0), 3.0).count()).isEqualTo(2);
        assertThat(query.argument(name(scaled, 0), 3)
                        .argument(name(scaled, 1), 4)
                        .count())
                .isEqualTo(1);
        assertThat(query.argument(name(scaled, 1), 4L).results()).containsExactly(12.0);
        assertThat(query.argument(name(scaled, 1), (short) 6).isEmpty()).isTrue();
        assertThat(query.result(15.0).count()).isEqualTo(1);
        assertThat(query.result(15).count()).isEqualTo(1);
        assertThat(cache.query().argument(name(scaled, 1), 4L).count()).isEqualTo(1);
        assertThat(cache.query().argument(name(scaled, 1), 4).isEmpty()).isTrue();
    }

    @Test
    void aValueThatNoCallCanHaveIsRefused() {
        Memo3<Double, Long, Boolean, Double> scaled =
                Fleche.of(MemoQueryTest::scaled).in(cache);
        Query<Double> query = scaled.query();
        String count = name(scaled, 1);

        assertThatThrownBy(() -> query.argument(count, 4.5))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected a long for argument " + count + " of MemoQueryTest.scaled, found a java.lang.Double");
        assertThatThrownBy(() -> query.result("x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected a java.lang.Double for the result of MemoQueryTest.scaled, found a"
                        + " java.lang.String");
        assertThatThrownBy(() -> query.argument("verbose!", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("expected an argument in the key of MemoQueryTest.scaled, found \"verbose!\"; it has" + " ["
                        + name(scaled, 0) + ", " + count
                        + "]; what was recorded under an earlier name is found by argumentDigest");
    }

    @Test
    void aFileTakenByContentIsFoundByContent(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "one");
        Path copy = Files.writeString(directory.resolve("b"), "one");
        Memo1<Path, List<String>> lines = Fleche.of(MemoQueryTest::lines).in(cache);
        lines.apply(file);

        assertThat(lines.query().argument(name(lines, 0), copy).count()).isEqualTo(1);
        Files.writeString(copy, "two");
        assertThat(lines.query().argument(name(lines, 0), copy).isEmpty()).isTrue();
    }

    @Test
    void theResultOfAFutureIsWhatItYields() {
        Memo1<Integer, CompletableFuture<Long>> later =
                Fleche.of(MemoQueryTest::later).in(cache);
        later.apply(4).join();

        Query<CompletableFuture<Long>> found = later.query().result(8);

        assertThat(found.results().map(CompletableFuture::join)).containsExactly(8L);
        assertThat(later.query().result(9).isEmpty()).isTrue();
    }

    @Test
    void aReceiverIsAnArgument() {
        Memo2<Job, Long, Long> run = Fleche.of(Job::run).in(cache);
        run.apply(new Job("a"), 1L);
        run.apply(new Job("b"), 1L);

        assertThat(run.query().argument("this", new Job("b")).count()).isEqualTo(1);
    }

    @Test
    void aDigestIsAValueLikeOthers() {
        Memo1<Object, Object> anything = Fleche.of(MemoQueryTest::anything).in(cache);
        anything.apply(1);
        anything.apply(Digester.standard().digest(1));

        assertThat(anything
                        .query()
                        .argument(name(anything, 0), Digester.standard().digest(1))
                        .stream()
                        .map(RecordedCall::result))
                .containsExactly(Digester.standard().digest(1));
        assertThat(anything.query()
                        .argumentDigest(name(anything, 0), Digester.standard().digest(1))
                        .results())
                .containsExactly(1);
    }

    /** Returns the name of a parameter; without -parameters, class files do not tell it. */
    private static String name(Memo<?> memo, int position) {
        return memo.profile().argumentNames().get(position);
    }
}
