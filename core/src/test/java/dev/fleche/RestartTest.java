package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one JVM computed, another one loads. */
class RestartTest {

    @TempDir
    Path directory;

    record Word(String text, int count) {}

    record Corpus(Set<String> languages, Map<String, List<Word>> words, Map<TimeUnit, double[]> weights) {}

    static Corpus parse(Set<String> lines) {
        System.out.println("parse");
        Map<String, List<Word>> words = new HashMap<>();
        for (String line : lines) {
            List<Word> list = new ArrayList<>();
            line.codePoints()
                    .filter(Character::isLetter)
                    .limit(3)
                    .forEach(letter -> list.add(new Word(Character.toString(letter), letter % 7)));
            words.put(line, list);
        }
        Map<TimeUnit, double[]> weights = new EnumMap<>(TimeUnit.class);
        weights.put(TimeUnit.DAYS, new double[] {1.5, Double.NaN, -0.0});
        return new Corpus(new HashSet<>(lines), words, weights);
    }

    static Map<String, Set<Integer>> lengths(Corpus corpus) {
        System.out.println("lengths");
        return corpus.words().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream().map(Word::count).collect(Collectors.toSet())));
    }

    static Map<Integer, List<String>> invert(Map<String, Set<Integer>> lengths) {
        System.out.println("invert");
        Map<Integer, List<String>> inverted = new HashMap<>();
        lengths.forEach((line, counts) -> counts.forEach(
                count -> inverted.computeIfAbsent(count, k -> new ArrayList<>()).add(line)));
        inverted.values().forEach(list -> list.sort(Comparator.naturalOrder()));
        return inverted;
    }

    /** Returns a map that is equal to its argument and has another order. */
    static Map<String, Integer> sortByValue(Map<String, Integer> map) {
        Map<String, Integer> sorted = new LinkedHashMap<>();
        map.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        return sorted;
    }

    private static final Memo1<Set<String>, Corpus> PARSE = Fleche.of(RestartTest::parse);
    private static final Memo1<Corpus, Map<String, Set<Integer>>> LENGTHS = Fleche.of(RestartTest::lengths);
    private static final Memo1<Map<String, Set<Integer>>, Map<Integer, List<String>>> INVERT =
            Fleche.of(RestartTest::invert);
    private static final Memo1<Map<String, Integer>, Map<String, Integer>> SORT = Fleche.of(RestartTest::sortByValue);

    /** Runs the pipeline on a set whose order differs from JVM to JVM. */
    static final class Pipeline {
        public static void main(String[] args) {
            try (Cache cache = Cache.open(Path.of(args[0]));
                    Scope scope = Fleche.use(cache)) {
                Set<String> lines = Set.of("the quick brown fox", "jumps over", "the lazy dog", "lorem ipsum dolor");
                System.out.println(
                        INVERT.apply(LENGTHS.apply(PARSE.apply(lines))).get(3));
            }
        }
    }

    @Test
    void aPipelineOfCollectionsIsAllHitsInAnotherJvm() {
        List<String> cold = ChildJvm.start(Pipeline.class, directory).result();
        List<String> warm = ChildJvm.start(Pipeline.class, directory).result();

        assertThat(cold)
                .containsExactly(
                        "parse", "lengths", "invert", "[lorem ipsum dolor, the lazy dog, the quick brown fox]");
        assertThat(warm).containsExactly("[lorem ipsum dolor, the lazy dog, the quick brown fox]");
    }

    @Test
    void aResultEqualToItsArgumentComesBackInItsOwnOrder() {
        Map<String, Integer> map = new LinkedHashMap<>();
        map.put("c", 3);
        map.put("a", 1);
        map.put("b", 2);
        try (Cache cache = Cache.files(directory)) {
            SORT.in(cache).apply(map);
        }

        try (Cache cache = Cache.files(directory)) {
            Map<String, Integer> loaded = SORT.in(cache).load(map);

            assertThat(loaded).isEqualTo(map);
            assertThat(List.copyOf(loaded.keySet())).containsExactly("a", "b", "c");
        }
    }
}
