package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealingTest {

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static volatile Runnable meanwhile = () -> {};

    @TempDir
    Path directory;

    /** Returns another result with every run. */
    static int run(int x) {
        int run = RUNS.incrementAndGet();
        Runnable once = meanwhile;
        meanwhile = () -> {};
        once.run();
        return run;
    }

    @Test
    void ofTwoThatHealAnEntryTheFirstWins() throws IOException {
        try (Cache cache = Cache.files(directory)) {
            Memo1<Integer, Integer> memo = Fleche.of(HealingTest::run).in(cache);
            assertThat(memo.apply(1)).isEqualTo(1);
            damageRecords();
            meanwhile = () -> CompletableFuture.runAsync(() -> memo.rerun(1)).join();

            assertThat(memo.apply(1)).isEqualTo(2);

            assertThat(memo.load(1)).isEqualTo(3);
        }
    }

    private void damageRecords() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("calls"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.writeString(file, "damaged");
            }
        }
    }
}
