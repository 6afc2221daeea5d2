package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.digest.Address;
import dev.fleche.testing.ChildJvm;
import dev.fleche.testing.Serial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls that travel with the addresses of their large arguments. */
@Timeout(180)
class StoredArgumentsTest {

    @TempDir
    Path directory;

    private Cache cache;

    static long sum(int[] numbers, String label) {
        return Arrays.stream(numbers).asLongStream().sum() + label.length();
    }

    static int[] range(int length) {
        int[] range = new int[length];
        Arrays.setAll(range, i -> i);
        return range;
    }

    static int[] extended(List<Integer> list) {
        list.add(list.size());
        return range(1000 * list.size());
    }

    private static final Memo2<int[], String, Long> SUM = Fleche.of(StoredArgumentsTest::sum);
    private static final Memo1<Integer, int[]> RANGE = Fleche.of(StoredArgumentsTest::range);

    @BeforeEach
    void open() {
        cache = Cache.files(directory.resolve("store"));
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private Path values() {
        return directory.resolve("store").resolve("values");
    }

    private static void removeFiles(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
        }
    }

    private Call<Long> call(int[] numbers) {
        return SUM.in(cache).on(numbers, "abc");
    }

    @Test
    void aLargeArgumentTravelsAsItsAddress() throws Exception {
        Call<Long> plain = call(range(100_000));

        Call<Long> stored = plain.withStoredArguments(1000);

        assertThat(Serial.bytes(plain).length).isGreaterThan(400_000);
        assertThat(Serial.bytes(stored).length).isLessThan(4_000);
        assertThat(stored.digest()).isEqualTo(plain.digest());
        assertThat(Serial.copy(stored, SerialFilter::of).call()).isEqualTo(plain.call());
    }

    @Test
    void itIsLoadedInTheOtherProcessBeforeItIsKeyed() throws Exception {
        Call<Long> plain = call(range(50_000));
        byte[] bytes = Serial.bytes(new ArrayList<>(List.of(plain.withStoredArguments(1000))));
        Path file = Files.write(directory.resolve("tasks"), bytes);

        List<String> lines = ChildJvm.start(TravelProcess.class, file).result();

        assertThat(lines).containsExactly("result " + plain.load() + " " + plain.digest());
    }

    @Test
    void whatIsKeyedIsWhatWasStored() {
        int[] numbers = range(1000);
        Call<Long> stored = call(numbers).withStoredArguments(1000);
        numbers[0] = 7;

        assertThat(stored.call()).isEqualTo(499_503);

        assertThat(stored.digest()).isEqualTo(call(range(1000)).digest());
    }

    @Test
    void smallArgumentsGoAlong() {
        Call<Long> plain = call(range(10));

        assertThat(plain.withStoredArguments(1000)).isSameAs(plain);
    }

    @Test
    void aValueThatIsThereIsNotWrittenAgain() throws Exception {
        call(range(5000)).withStoredArguments(1000);
        Path file;
        try (Stream<Path> files = Files.walk(values())) {
            file = files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
        Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        FileTime early = FileTime.fromMillis(1000);
        Files.setLastModifiedTime(file, early);

        call(range(5000)).withStoredArguments(1000);

        assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey())
                .isEqualTo(identity);
        assertThat(Files.getLastModifiedTime(file)).isGreaterThan(early);
    }

    @Test
    void aLostArgumentIsToldBeforeTheBodyRuns() throws Exception {
        Call<Long> plain = call(range(5000));
        Call<Long> stored = plain.withStoredArguments(1000);
        removeFiles(values());

        assertThatThrownBy(stored::call)
                .isInstanceOf(LostArgumentException.class)
                .hasMessageContaining("argument 0 of StoredArgumentsTest.sum")
                .hasMessageContaining("make the call with the argument itself")
                .satisfies(thrown -> assertThat(
                                ((LostArgumentException) Serial.copy(thrown, SerialFilter::of)).address())
                        .isEqualTo(((LostArgumentException) thrown).address()));
        assertThat(plain.call()).isEqualTo(12_497_503);
    }

    @Test
    void aCacheThatCannotTakeThemLeavesTheCallAsItIs() {
        for (Cache other : List.of(cache.readOnly(), Cache.memory(), Cache.voidCache())) {
            Call<Long> plain = SUM.in(other).on(range(5000), "");

            assertThat(plain.withStoredArguments(1000)).isSameAs(plain);
        }
    }

    @Test
    void aClosedCacheLeavesTheCallAsItIs() {
        Call<Long> plain = call(range(5000));
        cache.close();

        assertThat(plain.withStoredArguments(1000)).isSameAs(plain);
    }

    @Test
    void aLargeResultIsFoundByItsAddress() {
        Call<int[]> call = RANGE.in(cache).on(5000);
        assertThat(call.storedResult()).isEmpty();
        int[] result = call.call();

        Address address = call.storedResult().orElseThrow();

        assertThat(RANGE.in(cache).on(5000).resultAt(address)).isEqualTo(result);
    }

    @Test
    void aSmallResultHasNoAddress() {
        Call<Long> call = call(range(3));
        call.call();

        assertThat(call.storedResult()).isEmpty();
    }

    @Test
    void theResultIsThatOfTheArgumentsBeforeTheBodyChangedThem() {
        Memo1<List<Integer>, int[]> extended =
                Fleche.of(StoredArgumentsTest::extended).in(cache);
        extended.apply(new ArrayList<>(List.of(0, 1)));
        Call<int[]> call = extended.on(new ArrayList<>(List.of(0)));

        int[] result = call.call();

        assertThat(call.resultAt(call.storedResult().orElseThrow())).hasSameSizeAs(result);
    }

    @Test
    void aCacheThatDoesNotTravelTellsNoAddress() {
        try (Cache memory = Cache.memory()) {
            Call<int[]> call = RANGE.in(memory).on(5000);
            call.call();

            assertThat(call.storedResult()).isEmpty();
        }
    }
}
