package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The encoding is a format: these digests may only change with its version. */
class GoldenDigestsTest {

    private final Digester digester = new Digester(List::of);

    @Test
    void digestsAreThoseOfVersionOne() throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        try (InputStream in = GoldenDigestsTest.class.getResourceAsStream("/golden/digests-v1.txt")) {
            String text =
                    new String(Objects.requireNonNull(in, "digests-v1.txt").readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" ", 2);
                assertThat(expected.put(parts[0], parts[1])).as(parts[0]).isNull();
            });
        }

        Map<String, String> actual = new LinkedHashMap<>();
        GoldenValues.all()
                .forEach(
                        (name, value) -> actual.put(name, digester.digest(value).toString()));
        GoldenValues.calls(digester).forEach((name, digest) -> actual.put(name, digest.toString()));

        assertThat(actual).containsExactlyEntriesOf(expected);
    }
}
