package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digester;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Pins the value format: these bytes are in stores out there. */
class GoldenValuesTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void valuesEncodeToTheSameBytesAsEver() {
        String encoded = GoldenValues.all().entrySet().stream()
                .map(entry -> entry.getKey() + " " + HEX.formatHex(encode(entry.getValue())) + "\n")
                .collect(Collectors.joining());

        assertThat(encoded).isEqualTo(text());
    }

    @Test
    void bytesDecodeToTheSameValuesAsEver() {
        Map<String, @Nullable Object> values = GoldenValues.all();
        Map<String, byte[]> encodings = encodings();

        assertThat(encodings.keySet()).containsExactlyElementsOf(values.keySet());
        encodings.forEach((name, encoded) -> {
            Object value = values.get(name);
            Object decoded = Codecs.standard().decode(Value.ofEncoded(encoded), GoldenValues.CONTEXT);
            assertThat(Digester.standard().digest(decoded))
                    .as(name)
                    .isEqualTo(Digester.standard().digest(value));
            if (value != null) {
                assertThat(decoded).as(name).hasSameClassAs(value);
            }
        });
    }

    @Test
    void everyTagHasAGoldenValue() {
        assertThat(encodings().values().stream()
                        .map(encoded -> (int) encoded[Value.HEAD_BYTES])
                        .distinct())
                .hasSize(Tag.class.getDeclaredFields().length);
    }

    private static byte[] encode(@Nullable Object value) {
        return Codecs.standard()
                .encode(value, GoldenValues.CONTEXT, Long.MAX_VALUE)
                .encoded();
    }

    private static Map<String, byte[]> encodings() {
        Map<String, byte[]> encodings = new LinkedHashMap<>();
        text().lines().forEach(line -> {
            int space = line.indexOf(' ');
            encodings.put(line.substring(0, space), HEX.parseHex(line.substring(space + 1)));
        });
        return encodings;
    }

    private static String text() {
        try (InputStream file = GoldenValuesTest.class.getResourceAsStream("/golden/values-v1.txt")) {
            return new String(Objects.requireNonNull(file, "file").readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
