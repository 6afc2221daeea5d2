package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.cache.Cache;
import dev.fleche.storage.StorageException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How often the records of a store are read for their codes. */
class StoredCodesTest {

    static int twice(int x) {
        return 2 * x;
    }

    @Test
    void allViewsAndHandlesOfAStoreShareWhatWasRead(@TempDir Path directory) {
        try (Cache cache = Cache.files(directory);
                Cache handle = Cache.files(directory);
                Cache other = Cache.memory()) {
            StoredCodes codes = StoredCodes.of(cache);

            assertThat(StoredCodes.of(cache.readOnly())).isSameAs(codes);
            assertThat(StoredCodes.of(handle.readOnly())).isSameAs(codes);
            assertThat(StoredCodes.of(handle)).isSameAs(codes);
            assertThat(StoredCodes.of(other)).isNotSameAs(codes);
        }
    }

    @Test
    void aStoreThatCannotBeListedIsReadAgainAfterAMinute() {
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger listed = new AtomicInteger();
        AtomicLong nanos = new AtomicLong();
        StoredCodes.Function function =
                StoredCodes.Function.of(Profile.of((Fn1<Integer, Integer>) StoredCodesTest::twice, 1));
        StoredCodes codes = new StoredCodes(nanos::get);
        try (Cache cache = InterceptedCalls.listing(() -> {
            listed.incrementAndGet();
            if (broken.get()) {
                throw new StorageException("the disk is gone");
            }
        })) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> codes.of(function, List.of(), cache))
                        .isInstanceOf(StorageException.class)
                        .hasMessage("the disk is gone");
            }
            assertThat(listed).hasValue(1);

            broken.set(false);
            nanos.addAndGet(Duration.ofMinutes(1).toNanos());
            assertThat(codes.of(function, List.of(), cache)).isEmpty();
            assertThat(codes.of(function, List.of(), cache)).isEmpty();
            assertThat(listed).hasValue(2);
        }
    }
}
