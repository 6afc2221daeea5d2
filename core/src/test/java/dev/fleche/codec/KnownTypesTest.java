package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownTypesTest {

    @Test
    void theNumbersAreThoseOfTheFormat() throws IOException {
        List<String> pinned;
        try (InputStream file = KnownTypesTest.class.getResourceAsStream("/golden/known-types-v1.txt")) {
            String text = new String(Objects.requireNonNull(file, "file").readAllBytes(), StandardCharsets.US_ASCII);
            pinned = text.lines().toList();
        }

        assertThat(IntStream.rangeClosed(1, pinned.size())
                        .mapToObj(code -> code + " "
                                + Objects.requireNonNull(KnownTypes.ofCode(code))
                                        .getName()))
                .containsExactlyElementsOf(pinned);
        assertThat(KnownTypes.ofCode(0)).isNull();
        assertThat(KnownTypes.ofCode(pinned.size() + 1L)).isNull();
        assertThat(KnownTypes.ofCode(1L << 32 | 1)).isNull();
    }

    @Test
    void everyKnownTypeHasItsNumber() {
        for (int code = 1; KnownTypes.ofCode(code) != null; code++) {
            assertThat(KnownTypes.code(Objects.requireNonNull(KnownTypes.ofCode(code))))
                    .isEqualTo(code);
        }
        assertThat(KnownTypes.code(Thread.class)).isZero();
    }

    @Test
    void whatKnownTypesExtendIsCovered() {
        assertThat(List.of(LinkedList.class, ConcurrentMap.class, java.util.AbstractList.class, Cloneable.class))
                .allMatch(KnownTypes::covers);
        assertThat(List.of(Thread.class, Runnable.class, KnownTypesTest.class)).noneMatch(KnownTypes::covers);
    }
}
