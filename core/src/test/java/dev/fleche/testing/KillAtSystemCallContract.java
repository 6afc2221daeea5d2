package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SystemCall.Point;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What holds for a store whose writer is killed before any of the system calls by which it changes files.
 *
 * <p>What a kill after a call leaves is what a kill before the next one leaves, so all of a save is covered. Opening
 * and closing the cache belong to it. A run kills at a few calls of different kinds, chosen by a seed; the system
 * property {@code dev.fleche.test.allSystemCalls=true} makes it all of them, which takes a JVM each.
 */
@Tag("system")
public abstract class KillAtSystemCallContract {

    private static final String FUNCTION = "saved";

    /** Where stores and logs are; empty before each test. */
    @TempDir
    protected Path directory;

    /** Returns what opens the store at {@code path}, which is made if it is not there. */
    protected abstract CacheConfig config(Path path);

    @ParameterizedTest
    @EnumSource
    void aStoreWhoseWriterIsKilledHoldsTheOldTheNewOrNothing(Save save, TestReporter reporter) {
        SystemCallPoints choice = SystemCallPoints.chosen(store("counted"));
        List<SystemCall> chosen = choice.of(calls(save).stream()
                .filter(call -> call.changesFiles() && call.isBelow(store("counted")))
                .toList());
        List<SystemCall> killed = new ArrayList<>();
        for (SystemCall call : chosen) {
            String when = save + " killed before " + call.point() + ", seed " + choice.seed();
            if (killAndCheck(save, call.point(), when)) {
                killed.add(call);
            }
        }
        reporter.publishEntry(
                getClass().getSimpleName() + " " + save,
                killed.size() + " kills at " + chosen.size() + " points: " + choice.counts(killed));

        // threads of an engine's own may make fewer calls than they did when they were counted
        assertThat(killed).as("kills at %s", chosen).hasSizeGreaterThan(chosen.size() / 2);
    }

    private List<SystemCall> calls(Save save) {
        try (SavingProcess process = started(save, "counted");
                SystemCalls calls = SystemCalls.of(process.pid(), directory.resolve("counted.log"))) {
            assertThat(process.makeLast(save.order(FUNCTION), config(store("counted"))))
                    .isTrue();
            return calls.end();
        }
    }

    /** Returns whether there was somebody to kill. */
    private boolean killAndCheck(Save save, Point point, String when) {
        String name = point.name() + point.ordinal();
        boolean returned;
        boolean killed;
        try (SavingProcess process = started(save, name);
                SystemCalls calls = SystemCalls.killing(process.pid(), directory.resolve(name + ".log"), point)) {
            returned = process.makeLast(save.order(FUNCTION), config(store(name)));
            killed = process.wasKilled();
        }
        save.check(FUNCTION, config(store(name)), returned, when);
        return killed;
    }

    /** Returns a process that has done the same on another store, so that its classes are loaded. */
    private SavingProcess started(Save save, String name) {
        SavingProcess process = new SavingProcess();
        process.make(save.order("elsewhere"), config(store("elsewhere " + name)));
        save.prepare(process, FUNCTION, config(store(name)));
        return process;
    }

    private Path store(String name) {
        return directory.resolve(name).resolve("store");
    }
}
