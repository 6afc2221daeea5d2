package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.Mutations;
import dev.fleche.testing.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeneratedValuesTest {

    private static final int SEEDS = 2000;

    private final Digester digester = new Digester(List::of);

    @Test
    void aDigestIsThatOfTheEncodingInThePlainForm() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Object value = Values.of(seed).next();

            assertThat(digester.digest(value)).as("seed %d", seed).isEqualTo(ReferenceEncoding.digest(value));
        }
    }

    @Test
    void equalValuesHaveOneDigestInWhateverOrderTheyWereFilled() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Digest digest = digester.digest(Values.of(seed).next());

            assertThat(digester.digest(Values.withOrder(seed, 1).next()))
                    .as("seed %d", seed)
                    .isEqualTo(digest);
        }
    }

    @Test
    void aSmallChangeAnywhereChangesTheDigest() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Object value = Values.of(seed).next();
            Digest digest = digester.digest(value);

            Object mutated = Mutations.of(value, seed);

            assertThat(digester.digest(mutated)).as("seed %d", seed).isNotEqualTo(digest);
            assertThat(digester.digest(value)).as("seed %d", seed).isEqualTo(digest);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void childrenNearTheThresholdAreEncodedAsThePlainFormSays(int size) {
        List<Object> values = List.of(
                Collections.nCopies(size, 1),
                "x".repeat(size),
                new byte[size],
                new double[size / 2],
                new HashSet<>(IntStream.range(0, size / 4).boxed().toList()),
                nested(size));

        for (Object value : values) {
            Object parent = List.of(1, value, List.of(value, 2), value);

            assertThat(digester.digest(parent)).isEqualTo(ReferenceEncoding.digest(parent));
            assertThat(digester.digest(value)).isEqualTo(ReferenceEncoding.digest(value));
        }
    }

    private static List<Object> nested(int size) {
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i += 8) {
            list = new ArrayList<>(List.of(list, Collections.nCopies(8, 1)));
            if (i % 800 == 0) {
                list = new ArrayList<>(List.of(list, "long".repeat(500)));
            }
        }
        return list;
    }

    private static Stream<Integer> sizes() {
        return Stream.of(IntStream.range(800, 825), IntStream.range(2035, 2055), IntStream.range(4080, 4110))
                .flatMap(IntStream::boxed);
    }
}
