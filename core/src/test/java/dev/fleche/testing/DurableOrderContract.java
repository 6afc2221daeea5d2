package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the order in which a store of files lets the disk keep what a call saved. */
@Tag("system")
public abstract class DurableOrderContract {

    /** Where store and log are; empty before each test. */
    @TempDir
    protected Path directory;

    /** Returns what opens the store at {@code path}, which is made if it is not there. */
    protected abstract CacheConfig config(Path path);

    @ParameterizedTest
    @EnumSource
    void aDurableSaveLosesNothingThatItHasNamedOrReturned(Save save) {
        assertThat(DurableOrder.losses(calls(save, "durable"), store())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFastSaveDoesNotWaitForTheDisk(Save save) {
        List<SystemCall> calls = calls(save, "fast");

        assertThat(calls)
                // the marker is written once in the life of a store
                .filteredOn(call -> call.isBelow(store()) && !call.text().contains(store() + "/FLECHE"))
                .extracting(SystemCall::name)
                .doesNotContain("fsync", "fdatasync", "sync_file_range")
                .contains("write");
        assertThat(DurableOrder.losses(calls, store())).isNotEmpty();
    }

    private Path store() {
        return directory.resolve("new").resolve("store");
    }

    private List<SystemCall> calls(Save save, String durability) {
        CacheConfig config = config(store()).with(CacheConfig.DURABILITY, durability);
        try (SavingProcess process = new SavingProcess()) {
            save.prepare(process, "saved", config);
            try (SystemCalls calls = SystemCalls.of(process.pid(), directory.resolve("log"))) {
                assertThat(process.make(save.order("saved"), config).result()).isEqualTo("right");
                return calls.end();
            }
        }
    }
}
