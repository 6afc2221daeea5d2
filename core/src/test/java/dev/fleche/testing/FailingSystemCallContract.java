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
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What holds when any single system call on a store fails, for want of space or of a sound disk: the call returns its
 * result, with one warning or none, or the cache cannot be opened; the store stays sound, and takes the next call's.
 *
 * <p>A run lets some calls of each kind fail, chosen by a seed; the system property
 * {@code dev.fleche.test.allSystemCalls=true} makes it all of them.
 */
@Tag("system")
public abstract class FailingSystemCallContract {

    /** Where stores and logs are; empty before each test. */
    @TempDir
    protected Path directory;

    /** Returns what opens the store at {@code path}, which is made if it is not there. */
    protected abstract CacheConfig config(Path path);

    @ParameterizedTest
    @CsvSource({
        "INTO_A_NEW_STORE, EIO",
        "BESIDE_ANOTHER, EIO",
        "OVER_AN_OLDER, EIO",
        "INTO_A_NEW_STORE, ENOSPC",
        "BESIDE_ANOTHER, ENOSPC",
        "OVER_AN_OLDER, ENOSPC"
    })
    void aCallReturnsItsResultWhateverFails(Save save, String error, TestReporter reporter) {
        SystemCallPoints choice = SystemCallPoints.chosen();
        List<String> stored = new ArrayList<>();
        List<String> warned = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<Point> points;
        try (SavingProcess process = new SavingProcess()) {
            process.make(save.order("elsewhere"), config(store("elsewhere")));
            points = choice.of(calls(process, save), store("counted"));
            for (Point point : points) {
                String when = save + ", " + error + " from " + point + ", seed " + choice.seed();
                Answer answer = failAndCheck(process, save, point, error, when);
                (answer.result().equals("refused") ? refused : answer.warnings().isEmpty() ? stored : warned)
                        .add(point + " " + answer.warnings());
            }
        }
        reporter.publishEntry(
                getClass().getSimpleName() + " " + save + " " + error,
                "failures at " + points.size() + " points: " + SystemCallPoints.counts(points) + ", no cache "
                        + refused.size() + ", warned " + warned.size() + ", stored " + stored.size());
    }

    private List<SystemCall> calls(SavingProcess process, Save save) {
        CacheConfig config = config(store("counted"));
        save.prepare(process, "counted", config);
        try (SystemCalls calls = SystemCalls.of(process.pid(), directory.resolve("counted.log"))) {
            process.make(save.order("counted"), config);
            return calls.end();
        }
    }

    private Answer failAndCheck(SavingProcess process, Save save, Point point, String error, String when) {
        // each function warns once of each kind of trouble
        String name = point.name() + point.ordinal();
        CacheConfig config = config(store(name));
        save.prepare(process, name, config);
        Answer answer;
        try (SystemCalls calls = SystemCalls.failing(process.pid(), directory.resolve(name + ".log"), point, error)) {
            answer = process.make(save.order(name), config);
        }

        assertThat(answer.result()).as(when).isIn("right", "refused");
        assertThat(answer.warnings()).as(when).hasSizeLessThanOrEqualTo(1);
        boolean stored = answer.equals(new Answer("right", List.of()));
        Answer next = process.make(save.order(name), config);
        assertThat(next).as(when).isEqualTo(new Answer("right", List.of()));
        save.check(name, config, true, when + (stored ? "" : ", " + answer));
        return answer;
    }

    private Path store(String name) {
        return directory.resolve(name).resolve("store");
    }
}
