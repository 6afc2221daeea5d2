package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.LogRecords;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results whose classes the signature does not tell. */
class OpenResultTest {

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final LogRecords log = new LogRecords("dev.fleche");

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

    @BeforeEach
    void reset() {
        RUNS.set(0);
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
    void aResultThatMayNotBeStorableIsSaidAtDeclaration() {
        Memo1<Double, Shape> memo = Fleche.of(OpenResultTest::open);
        Fleche.of(OpenResultTest::open);

        assertThat(log.warnings()).singleElement().asString().contains("OpenResultTest.open", "Option.allow");
        assertThat(RUNS).hasValue(0);
        try (Cache cache = Cache.memory()) {
            assertThat(memo.in(cache).apply(2.0)).isEqualTo(new Circle(2.0));
            assertThat(memo.in(cache).apply(2.0)).isEqualTo(new Circle(2.0));
            assertThat(RUNS).hasValue(2);
            assertThat(log.warnings()).hasSize(2).last().asString().contains("cannot be encoded", "Circle");
        }
    }
}
