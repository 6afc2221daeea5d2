package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digester;
import dev.fleche.testing.Values;
import java.io.IOException;
import java.lang.Runtime.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What one process stored, another one reads: other salts of {@code Set.of}, other hash codes, other JDKs. */
class OtherProcessTest {

    private static final int SEEDS = 300;

    private static final TypeContext CONTEXT =
            TypeContext.of(OtherProcessTest.class.getClassLoader(), List.of(), Values.types());

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void valuesCrossProcessesAndJdks(@TempDir Path directory) throws Exception {
        Path there = directory.resolve("there.txt");
        Path back = directory.resolve("back.txt");
        Files.write(there, values().map(OtherProcessTest::line).toList());

        for (Path jdk : jdks()) {
            int exitCode = new ProcessBuilder(
                            jdk.resolve("bin/java").toString(),
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Reader.class.getName(),
                            there.toString(),
                            back.toString())
                    .inheritIO()
                    .start()
                    .waitFor();

            assertThat(exitCode).as("%s", jdk).isZero();
            assertThat(Files.readAllLines(back).stream().map(OtherProcessTest::checked))
                    .as("%s", jdk)
                    .containsExactlyElementsOf(values().map(
                                    value -> Digester.standard().digest(value).toString())
                            .toList());
        }
    }

    /** The other process: decodes each line, checks its digest and encodes the value again. */
    static final class Reader {

        private Reader() {}

        /** Reads lines from the first file and writes as many to the second one. */
        public static void main(String[] files) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line : Files.readAllLines(Path.of(files[0]))) {
                checked(line);
                lines.add(line(decode(line)));
            }
            Files.write(Path.of(files[1]), lines);
        }
    }

    private static Stream<Object> values() {
        Set<String> words =
                Set.copyOf(IntStream.range(0, 100).mapToObj(i -> "word " + i).toList());
        Map<Object, Object> salted = Map.of(1, words, "b", Map.of(2, Set.of(3, 4L, "c")), Values.Colour.GREEN, 5);
        return Stream.concat(
                Stream.of(words, salted),
                IntStream.range(0, SEEDS).mapToObj(seed -> Values.of(seed).next()));
    }

    /** Returns the digest of a value and its encoding. */
    private static String line(Object value) {
        Value encoded = Codecs.standard().encode(value, CONTEXT, Long.MAX_VALUE);
        return Digester.standard().digest(value) + " " + HexFormat.of().formatHex(encoded.encoded());
    }

    private static Object decode(String line) {
        byte[] encoded = HexFormat.of().parseHex(line.substring(line.indexOf(' ') + 1));
        Object value = Codecs.standard().decode(Value.ofEncoded(encoded), CONTEXT);
        if (value == null) {
            throw new AssertionError("no value is null");
        }
        return value;
    }

    /** Returns the digest that a line names, which is that of the value that it holds. */
    private static String checked(String line) {
        String digest = line.substring(0, line.indexOf(' '));
        assertThat(Digester.standard().digest(decode(line))).hasToString(digest);
        return digest;
    }

    /** Returns the JDK of this process and those beside it that can run these classes. */
    private static Set<Path> jdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Set<Path> jdks = new TreeSet<>(Set.of(own));
        try (Stream<Path> beside = Files.list(own.getParent())) {
            for (Path candidate : beside.toList()) {
                Path release = candidate.resolve("release");
                if (Files.isRegularFile(release) && Files.isExecutable(candidate.resolve("bin/java"))) {
                    Properties properties = new Properties();
                    properties.load(new java.io.StringReader(Files.readString(release)));
                    String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
                    if (Version.parse(version).feature() >= 17) {
                        jdks.add(candidate.toRealPath());
                    }
                }
            }
        }
        return jdks;
    }
}
