package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.testing.LogRecords;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results whose classes the signature does not tell. */
class OpenResultTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private static final AtomicInteger WARNED = new AtomicInteger();
    private static volatile IntSupplier warnings = () -> 0;

    private final LogRecords log = new LogRecords("dev.fleche");

    @TempDir
    private Path temporary;

    interface Shape {}

    record Circle(double radius) implements Shape {}

    static Shape allowed(double radius) {
        RUNS.incrementAndGet();
        return new Circle(radius);
    }

    static Shape open(double radius) {
        RUNS.incrementAndGet();
        return new Circle(radius);
    }

    static Shape keyless(double radius) {
        RUNS.incrementAndGet();
        return new Circle(radius);
    }

    static Object passed(Object value) {
        WARNED.set(warnings.getAsInt());
        return value.toString().length();
    }

    enum Side {
        LONG
    }

    record Square(Side side) implements Shape {}

    record Holder(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    interface Source {
        Object next();
    }

    record Circles(double radius) implements Source {
        @Override
        public Object next() {
            return List.of(new Circle(radius));
        }
    }

    record Squares(String side) implements Source {
        @Override
        public Object next() {
            return List.of(new Square(Side.valueOf(side)));
        }
    }

    @BeforeEach
    void reset() {
        RUNS.set(0);
        warnings = () -> log.warnings().size();
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void aClassThatIsAllowedIsStored() {
        try (Cache cache = Cache.memory()) {
            Memo1<Double, Shape> memo = Fleche.of(OpenResultTest::allowed, Option.allow(Circle.class))
                    .in(cache);

            memo.apply(2.0);

            assertThat(memo.apply(2.0)).isEqualTo(new Circle(2.0));
            assertThat(RUNS).hasValue(1);
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aRecordThatTheCodeMakesIsStored() {
        Path directory = temporary.resolve("store");
        try (Cache cache = Cache.files(directory)) {
            assertThat(Fleche.of(OpenResultTest::open).in(cache).apply(2.0)).isEqualTo(new Circle(2.0));
        }
        try (Cache cache = Cache.files(directory)) {
            Memo1<Double, Shape> memo = Fleche.of(OpenResultTest::open).in(cache);

            assertThat(memo.query().results()).containsExactly(new Circle(2.0));
            assertThat(memo.apply(2.0)).isEqualTo(new Circle(2.0));
        }
        assertThat(RUNS).hasValue(1);
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void whatTheCodeOfAnArgumentMakesIsStored() {
        try (Cache cache = Cache.memory()) {
            Memo1<Source, Object> memo = Fleche.of(Source::next).in(cache);

            assertThat(memo.apply(new Circles(1))).isEqualTo(List.of(new Circle(1)));
            assertThat(memo.apply(new Squares("LONG"))).isEqualTo(List.of(new Square(Side.LONG)));

            assertThat(memo.load(new Circles(1))).isEqualTo(List.of(new Circle(1)));
            assertThat(memo.load(new Squares("LONG"))).isEqualTo(List.of(new Square(Side.LONG)));
            assertThat(log.warnings()).isEmpty();
        }
    }

    @Test
    void aResultThatMayNotBeStorableIsSaidBeforeTheBodyRuns() {
        try (Cache cache = Cache.memory()) {
            Memo1<Object, Object> memo = Fleche.of(OpenResultTest::passed).in(cache);
            Fleche.of(OpenResultTest::passed);
            assertThat(log.warnings()).isEmpty();

            assertThat(memo.apply(new Holder("a"))).isEqualTo(1);
            assertThat(memo.apply(new Holder("a"))).isEqualTo(1);

            assertThat(log.warnings()).singleElement().asString().contains("OpenResultTest.passed", "Option.allow");
            assertThat(WARNED).hasValue(1);
        }
    }

    @Test
    void withoutCodeInTheKeyItIsSaidAtDeclaration() {
        Memo1<Double, Shape> memo = Fleche.of(OpenResultTest::keyless, Option.codeKey(CodeKey.NONE));
        Fleche.of(OpenResultTest::keyless, Option.codeKey(CodeKey.NONE));

        assertThat(log.warnings()).singleElement().asString().contains("OpenResultTest.keyless", "Option.allow");
        assertThat(RUNS).hasValue(0);
        try (Cache cache = Cache.memory()) {
            assertThat(memo.in(cache).apply(2.0)).isEqualTo(new Circle(2.0));
            assertThat(memo.in(cache).apply(2.0)).isEqualTo(new Circle(2.0));
            assertThat(RUNS).hasValue(2);
            assertThat(log.warnings()).hasSize(2).last().asString().contains("cannot be encoded", "Circle");
        }
    }
}
