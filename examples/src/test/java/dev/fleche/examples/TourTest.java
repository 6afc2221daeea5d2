package dev.fleche.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TourTest {

    private static final Pattern STORES = Pattern.compile("Stores are in (.*) and go at the end; .*");

    private static List<String> lines;
    private static String text;

    @BeforeAll
    static void runOnce() {
        lines = tour("--runs", "8");
        text = asOneLine(lines);
    }

    @Test
    void boundCallsGiveTheirSumsOnAPool() {
        assertThat(text)
                .contains("results [1, 3, 5, 7] bodies that ran 4")
                .contains("results of the same calls again [1, 3, 5, 7] bodies that have run by now 4")
                .contains("the cache contains it true the cache contains that of SUM.on(1, 0) false");
    }

    @Test
    void aFutureYields16AndIsThenCompleteAtOnce() {
        assertThat(text)
                .contains("SQUARE.apply(4).join() 16 the next future is complete at once true its value 16"
                        + " bodies that ran 1");
    }

    @Test
    void theSecondPassOfAWrappedPoolIsDoneBeforeItIsAsked() {
        assertThat(text)
                .contains("tasks that the pool ran 6 second pass 6 of 6 done before they were asked")
                .contains("tasks that the pool has run by now 6");
    }

    @Test
    void everyStorageServesAnotherProcess() {
        assertThat(lines)
                .filteredOn(line -> line.matches(" *(files|lmdb|sqlite) .* 400 +\\d+ .* 200 of 200"))
                .hasSize(3);
        assertThat(lines)
                .filteredOn(line -> line.matches(" *memory +threads +400 .* none"))
                .hasSize(1);
    }

    @Test
    void anEditedCodeIsAMissThatSaysWhyAndTheEditUndoneAHit() {
        assertThat(text)
                .containsSubsequence(
                        "energy.on(1000).explain() miss: no call of Mesh.energy is recorded.",
                        "Spring.energy edited",
                        "energy.on(1000).explain() miss:",
                        "Spring.energy(double) changed",
                        "the edit undone",
                        "energy.on(1000).explain() hit:");
    }

    @Test
    void processesShareTheCacheOfTheirParent() {
        assertThat(text)
                .contains("cubes [0, 1, 8, 27, 64] CUBE.contains(3), in this process true CUBE.load(3) 27")
                .contains("cold 8 calls, 8 tasks in processes")
                .contains("warm 8 calls, 0 tasks in processes")
                .contains("computed in this process false");
    }

    @Test
    void equalContentHasOneKey() {
        assertThat(lines)
                .filteredOn(line -> line.endsWith("the same"))
                .hasSize(4)
                .allMatch(line -> line.matches(".* ([0-9a-f]{8}) +\\1 +the same"));
        assertThat(lines).filteredOn(line -> line.endsWith("different")).hasSize(5);
    }

    @Test
    void aRestartFindsEverything() {
        assertThat(text).containsPattern("this process, \\d+ 8 calls, 0 found, 8 computed, in");
        assertThat(text).containsPattern("the second process, \\d+ 8 calls, 8 found, 0 computed, in");
    }

    @Test
    void theSecondPassOfASweepIsAllHitsOnThreadsAndOnProcesses() {
        assertThat(text.split("first pass 0 found, 8 computed, in", -1)).hasSize(3);
        assertThat(text.split("second pass 8 found, 0 computed, in", -1)).hasSize(3);
        assertThat(text)
                .containsPattern("speed-up [\\d.]+ times")
                .contains("runs on record, and what they took together 8, ");
    }

    @Test
    void theBestRunsComeFirst() {
        int head = lines.indexOf(lines.stream()
                .filter(line -> line.matches(" *sigma +rho +exponent .*"))
                .findFirst()
                .orElseThrow());

        List<Double> exponents = lines.subList(head + 1, head + 6).stream()
                .map(line -> Double.valueOf(line.strip().split(" +", -1)[2]))
                .toList();

        assertThat(exponents).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(exponents.get(0)).isPositive();
    }

    @Test
    void everyLineFitsAndNothingIsLogged() {
        assertThat(lines).allMatch(line -> line.length() <= Page.COLUMNS).noneMatch(line -> line.contains("WARNING"));
        assertThat(text).doesNotContain("Exception:", "INFO:", "SEVERE:");
    }

    @Test
    void theTemporaryDirectoryIsRemoved() {
        Matcher stores = STORES.matcher(lines.get(1));

        assertThat(stores.matches()).as(lines.get(1)).isTrue();
        assertThat(Path.of(stores.group(1))).doesNotExist();
    }

    @Test
    void aKeptStoreMakesTheNextTourWarm(@TempDir Path directory) {
        String store = directory.resolve("store").toString();

        tour("--runs", "8", "--store", store);
        String second = asOneLine(tour("--runs", "8", "--store", store));

        assertThat(second)
                .contains(" and stay there.")
                .containsPattern("this process, \\d+ 8 calls, 8 found, 0 computed, in")
                .contains("first pass 8 found, 0 computed, in")
                .doesNotContain("speed-up");
    }

    private static List<String> tour(String... arguments) {
        return ChildJvm.running(Tour.class, (Object[]) arguments)
                .withOptions(options())
                .start()
                .result();
    }

    /** As the launcher has them: LMDB and SQLite are native libraries, of which newer versions of Java warn. */
    private static String[] options() {
        List<String> options = new ArrayList<>(List.of("-Duser.language=en"));
        if (Runtime.version().feature() >= 24) {
            options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        return options.toArray(String[]::new);
    }

    private static String asOneLine(List<String> lines) {
        return String.join(" ", lines).replaceAll("\\s+", " ");
    }
}
