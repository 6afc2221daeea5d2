package dev.fleche.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.testing.Values;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OtherJvmTest {

    private static final long SEEDS = 300;

    @Test
    void aDigestIsTheSameInEveryProcess() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:off", // the salt of Set.of may be part of the archive
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        Other.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isZero();
        assertThat(output.lines()).containsExactlyElementsOf(digests());
    }

    private static List<String> digests() {
        Digester digester = new Digester(List::of);
        List<Object> salted = List.of(
                Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Set.of(TimeUnit.values()), Set.of(Values.Colour.values()));
        return Stream.concat(
                        salted.stream(),
                        LongStream.range(0, SEEDS)
                                .mapToObj(seed -> Values.of(seed).next()))
                .map(value -> digester.digest(value).toString())
                .toList();
    }

    /** The other process. */
    static final class Other {
        private Other() {}

        /** Prints the digests. */
        public static void main(String[] arguments) {
            digests().forEach(System.out::println);
        }
    }
}
