package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.testing.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecursionTest {

    private static final List<String> FRAMES = new ArrayList<>();

    static long sum(int n) {
        return n == 0 ? 0 : n + SUM.apply(n - 1);
    }

    static int framesBelow(int depth) {
        if (depth > 0) {
            return DEPTH.apply(depth - 1);
        }
        FRAMES.clear();
        StackWalker.getInstance(StackWalker.Option.SHOW_HIDDEN_FRAMES).forEach(frame -> FRAMES.add(frame.toString()));
        return 0;
    }

    static final Memo1<Integer, Long> SUM = Fleche.of(RecursionTest::sum);
    static final Memo1<Integer, Integer> DEPTH = Fleche.of(RecursionTest::framesBelow);

    /** Runs on the main thread with its default stack. */
    static final class Deep {
        public static void main(String[] args) {
            try (Cache cache = Cache.memory();
                    Scope scope = Fleche.use(cache)) {
                System.out.println(
                        "sum " + SUM.apply(1000) + " stored " + cache.query().count());
            }
        }
    }

    @Test
    void aMemoisedRecursionAThousandDeepFitsTheDefaultStack() {
        assertThat(ChildJvm.start(Deep.class).result()).containsExactly("sum 500500 stored 1001");
    }

    @Test
    void aNestedCallAddsAtMostSixFrames() {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            DEPTH.apply(10);
        }

        List<Integer> bodies = new ArrayList<>();
        for (int i = 0; i < FRAMES.size(); i++) {
            if (FRAMES.get(i).contains("RecursionTest.framesBelow")) {
                bodies.add(i);
            }
        }
        assertThat(bodies).as(FRAMES.toString()).hasSize(11);
        for (int i = 1; i < bodies.size(); i++) {
            assertThat(bodies.get(i) - bodies.get(i - 1) - 1)
                    .as(FRAMES.toString())
                    .isBetween(1, 6);
        }
    }
}
