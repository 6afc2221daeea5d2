package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.SavingProcess.Answer;
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
 * What holds when any single system call on a store fails, for want of space or of a sound disk: the call returns its
 * result, with one warning or none, or the cache cannot be opened; the store stays sound, and takes the next call's.
 *
 * <p>A run lets a few calls of different kinds fail with one of the errors, chosen by a seed; the system property
 * {@code dev.fleche.test.allSystemCalls=true} makes it all of them, and both.
 */
@Tag("system")
public abstract class FailingSystemCallContract {

    private static final List<String> ERRORS = List.of("EIO", "ENOSPC");
    private static final Answer RIGHT = new Answer("right", List.of());

    /** What lets a call fail. */
    private interface Disturbance {
        SystemCalls start(Path log);
    }

    /** Where stores and logs are; empty before each test. */
    @TempDir
    protected Path directory;

    /** Returns what opens the store at {@code path}, which is made if it is not there. */
    protected abstract CacheConfig config(Path path);

    /** Returns whether a failure of that system call may keep a result from being stored, and is told then. */
    protected boolean isTold(String name) {
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void aCallReturnsItsResultWhateverFails(Save save, TestReporter reporter) {
        SystemCallPoints choice = SystemCallPoints.chosen(store("counted"));
        for (String error : choice.choice(ERRORS)) {
            String when = save + ", seed " + choice.seed() + ", " + error + " at ";
            List<SystemCall> tried = new ArrayList<>();
            List<SystemCall> failed = new ArrayList<>();
            List<SystemCall> others = failInThread(save, error, when, choice, tried, failed);
            for (SystemCall call : choice.ofFiles(others)) {
                tried.add(call);
                failed.addAll(failElsewhere(save, call, error, when + call));
            }
            reporter.publishEntry(
                    getClass().getSimpleName() + " " + save + " " + error,
                    failed.size() + " failures at " + tried.size() + " calls: " + choice.counts(failed));

            // not every call is made again on a second store
            assertThat(failed).as("failures at %s", tried).hasSizeGreaterThan(tried.size() / 2);
        }
    }

    /** Lets calls fail of the thread that asks for the save, and returns those of other threads, and reads. */
    private List<SystemCall> failInThread(
            Save save,
            String error,
            String when,
            SystemCallPoints choice,
            List<SystemCall> tried,
            List<SystemCall> failed) {
        try (SavingProcess process = new SavingProcess()) {
            process.make(save.order("elsewhere"), config(store("elsewhere " + error)));
            List<SystemCall> calls = calls(process, save, error).stream()
                    .filter(call -> call.isBelow(store("counted " + error)))
                    .toList();
            for (SystemCall call : choice.of(counted(process.thread(), calls))) {
                Point point = call.point();
                String name = point.name() + point.ordinal() + error;
                // each function warns once of each kind of trouble
                Disturbance disturbance = log -> SystemCalls.failingIn(process.thread(), log, point, error);
                tried.add(call);
                failed.addAll(failAndCheck(process, save, name, name, disturbance, when + point));
            }
            return calls.stream()
                    .filter(call -> !isCounted(process.thread(), call))
                    .toList();
        }
    }

    /**
     * Returns those that are known by their ordinal: of the thread that makes the calls, and not its reading, since it
     * reads random numbers now and then.
     */
    private static List<SystemCall> counted(long thread, List<SystemCall> calls) {
        return calls.stream().filter(call -> isCounted(thread, call)).toList();
    }

    private static boolean isCounted(long thread, SystemCall call) {
        return call.thread() == thread && !call.name().equals("read");
    }

    private List<SystemCall> calls(SavingProcess process, Save save, String error) {
        CacheConfig config = config(store("counted " + error));
        save.prepare(process, "saved", config);
        try (SystemCalls calls = SystemCalls.of(process.pid(), directory.resolve("counted " + error + ".log"))) {
            process.make(save.order("saved"), config);
            return calls.end();
        }
    }

    /** Lets a call fail that is known by the file that it concerns. */
    private List<SystemCall> failElsewhere(Save save, SystemCall call, String error, String when) {
        Path relative = store("counted " + error).relativize(call.path().orElseThrow());
        String name = call.name() + " " + error + " " + relative.toString().replace('/', ' ');
        Path file = store(name).resolve(relative).normalize();
        try (SavingProcess process = new SavingProcess()) {
            process.make(save.order("elsewhere"), config(store("elsewhere " + name)));
            Disturbance disturbance = log -> SystemCalls.failingOn(file, process.pid(), log, call.name(), error);
            return failAndCheck(process, save, "saved", name, disturbance, when);
        }
    }

    private List<SystemCall> failAndCheck(
            SavingProcess process, Save save, String function, String name, Disturbance disturbance, String when) {
        CacheConfig config = config(store(name));
        save.prepare(process, function, config);
        Answer answer;
        List<SystemCall> failed;
        try (SystemCalls calls = disturbance.start(directory.resolve(name + ".log"))) {
            answer = process.make(save.order(function), config);
            failed = calls.end().stream().filter(SystemCall::wasMadeToFail).toList();
        }

        assertThat(answer.result()).as(when).isIn("right", "refused");
        long told = failed.stream().filter(call -> isTold(call.name())).count();
        assertThat(answer.warnings()).as(when).hasSizeLessThanOrEqualTo((int) told);
        if (answer.equals(RIGHT)) {
            // nobody was told that anything is wrong, so nothing is
            save.check(function, config, true, when);
        }
        assertThat(process.make(save.order(function), config)).as(when).isEqualTo(RIGHT);
        save.check(function, config, true, when + ", " + answer);
        return failed;
    }

    private Path store(String name) {
        return directory.resolve(name).resolve("store");
    }
}
