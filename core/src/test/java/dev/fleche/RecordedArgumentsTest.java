package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.annotation.Ignored;
import dev.fleche.cache.Cache;
import dev.fleche.digest.DigestRule;
import dev.fleche.digest.Digester;
import dev.fleche.digest.Digestible;
import dev.fleche.record.RecordedArgument;
import dev.fleche.record.RecordedCall;
import dev.fleche.record.StoredValue;
import dev.fleche.record.ValueUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of its arguments a call remembers, and where. */
class RecordedArgumentsTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    /** Has a digest and no encoding. */
    static final class Grid implements Digestible {
        private final int cells;

        Grid(int cells) {
            this.cells = cells;
        }

        @Override
        public Object digestKey() {
            return cells;
        }
    }

    /** Has a digest once a rule says so. */
    static final class Mesh {
        private final int cells;

        Mesh(int cells) {
            this.cells = cells;
        }
    }

    private record MeshRule() implements DigestRule<Mesh> {
        @Override
        public Class<Mesh> type() {
            return Mesh.class;
        }

        @Override
        public String name() {
            return "dev.fleche.test.mesh";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public Object contentOf(Mesh mesh) {
            return mesh.cells;
        }
    }

    static int cells(Grid grid) {
        RUNS.incrementAndGet();
        return grid.cells;
    }

    static int meshCells(Mesh mesh) {
        RUNS.incrementAndGet();
        return mesh.cells;
    }

    static int length(byte[] bytes) {
        RUNS.incrementAndGet();
        return bytes.length;
    }

    static int square(int x, @Ignored boolean verbose) {
        RUNS.incrementAndGet();
        return x * x;
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
    }

    private static RecordedArgument argument(Memo<?> memo) {
        return memo.query().latest().orElseThrow().record().arguments().get(0);
    }

    /** Returns the files below a folder of the store, which need not be there before something is stored in it. */
    private List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.startsWith(directory.resolve(folder)))
                    .toList();
        }
    }

    @Test
    void aSmallCallIsOneFileBesideThatOfItsCode() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            Memo2<Integer, Boolean, Integer> square =
                    Fleche.of(RecordedArgumentsTest::square).in(cache);
            square.apply(3, true);
            square.apply(4, true);
        }

        assertThat(files("calls")).hasSize(2);
        assertThat(files("values")).hasSize(1);
    }

    @Test
    void anArgumentThatCannotBeEncodedIsRecordedByItsDigest() {
        try (Cache cache = Cache.files(directory)) {
            Memo1<Grid, Integer> cells = Fleche.of(RecordedArgumentsTest::cells).in(cache);

            assertThat(cells.apply(new Grid(7))).isEqualTo(7);
            assertThat(cells.apply(new Grid(7))).isEqualTo(7);

            assertThat(RUNS).hasValue(1);
            assertThat(argument(cells).value()).isEqualTo(new StoredValue.NotStored());
            assertThat(argument(cells).digest()).isEqualTo(Digester.standard().digest(new Grid(7)));
            RecordedCall<Integer> call = cells.query().latest().orElseThrow();
            assertThatThrownBy(() -> call.argument(argument(cells).name()))
                    .isInstanceOf(ValueUnavailableException.class)
                    .hasMessageContaining("only its digest");
        }
    }

    @Test
    void aLargeArgumentIsStoredOnlyIfAllAreAskedFor() throws IOException {
        byte[] large = new byte[(16 << 20) + 1];
        try (Cache cache = Cache.files(directory)) {
            Memo1<byte[], Integer> bounded = Fleche.of(RecordedArgumentsTest::length, Option.version(1));
            Memo1<byte[], Integer> all = Fleche.of(
                    RecordedArgumentsTest::length, Option.version(2), Option.storeArguments(ArgumentStoring.ALL));
            Memo1<byte[], Integer> none = Fleche.of(
                    RecordedArgumentsTest::length, Option.version(3), Option.storeArguments(ArgumentStoring.NONE));

            bounded.in(cache).apply(large);
            none.in(cache).apply(new byte[3]);
            // what they have in common: the code
            assertThat(files("values")).hasSize(1);
            all.in(cache).apply(large);

            assertThat(files("values")).hasSize(2);
            assertThat(argument(bounded.in(cache)).value()).isEqualTo(new StoredValue.NotStored());
            assertThat(argument(none.in(cache)).value()).isEqualTo(new StoredValue.NotStored());
            assertThat(argument(all.in(cache)).value()).isInstanceOf(StoredValue.Separate.class);
            assertThat(bounded.in(cache).load(large)).isEqualTo(large.length);
        }
    }

    @Test
    void anIgnoredArgumentNeitherMakesAnotherCallNorIsRecorded() {
        try (Cache cache = Cache.memory()) {
            Memo2<Integer, Boolean, Integer> square =
                    Fleche.of(RecordedArgumentsTest::square).in(cache);

            square.apply(3, true);
            square.apply(3, false);

            assertThat(RUNS).hasValue(1);
            assertThat(square.query().latest().orElseThrow().record().arguments())
                    .hasSize(1);
        }
    }

    @Test
    void aRuleThatIsRegisteredLaterMakesCallsCacheable() {
        try (Cache cache = Cache.memory()) {
            Memo1<Mesh, Integer> cells =
                    Fleche.of(RecordedArgumentsTest::meshCells).in(cache);
            cells.apply(new Mesh(7));
            cells.apply(new Mesh(7));

            Fleche.register(new MeshRule());
            cells.apply(new Mesh(7));
            cells.apply(new Mesh(7));

            assertThat(RUNS).hasValue(3);
            assertThat(cells.contains(new Mesh(7))).isTrue();
        }
    }
}
