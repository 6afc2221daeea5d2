package dev.fleche.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.examples.Readme.Program;
import dev.fleche.testing.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README says is so. */
class ReadmeTest {

    private static final Pattern TEST_COMMAND = Pattern.compile("(?m)^ *mvn [^#`\\n]*verify[^#`\\n]*");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

    @TempDir
    static Path classes;

    private static Readme readme;

    @TempDir
    Path directory;

    @BeforeAll
    static void compile() throws IOException {
        readme = Readme.read();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> options = List.of(
                "--release",
                "17",
                "-parameters",
                "-proc:none",
                "-Xlint:all,-try",
                "-cp",
                classPath,
                "-d",
                classes.toString());
        StringWriter output = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<Path> sources = Stream.concat(Stream.of(readme.main(), readme.members()), readme.statements().stream())
                    .map(ReadmeTest::write)
                    .toList();
            boolean compiles = compiler.getTask(
                            output, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
                    .call();

            assertThat(compiles).as(output.toString()).isTrue();
        }
    }

    private static Path write(Program program) {
        try {
            return Files.writeString(classes.resolve(program.name() + ".java"), program.source());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> run(Program program) {
        return ChildJvm.running(program.name())
                .withClasses(classes)
                .withOptions("-Duser.language=en", "-Duser.country=US")
                .after("cd '" + directory + "'")
                .start()
                .result();
    }

    @Test
    void theQuickStartWritesWhatItClaims() {
        List<String> outputs = readme.blocks("text");

        assertThat(outputs).hasSize(2);
        for (String output : outputs) {
            assertThat(run(readme.main())).isEqualTo(output.lines().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("statements")
    void everyClaimIsTrue(Program program) {
        List<String> found = run(program).stream()
                .filter(line -> line.startsWith(Readme.MARK))
                .map(line -> line.substring(Readme.MARK.length()))
                .toList();

        assertThat(found).as(program.source()).isEqualTo(program.claims());
    }

    private static Stream<Program> statements() {
        return readme.statements().stream();
    }

    @Test
    void noBlockIsWithoutClaims() {
        assertThat(readme.statements())
                .hasSizeGreaterThan(2)
                .allSatisfy(program -> assertThat(program.claims()).isNotEmpty());
    }

    @Test
    void everyCommandExists() throws IOException, InterruptedException {
        String help = output(readme.root().resolve("fleche").toString(), "help");
        List<String> commands = readme.blocks("").stream()
                .flatMap(String::lines)
                .map(line -> line.replaceFirst(" *#.*", ""))
                .toList();

        assertThat(commands).hasSizeGreaterThan(2).allSatisfy(command -> {
            if (command.startsWith("./fleche ")) {
                String subcommand = command.substring("./fleche ".length());
                assertThat(help).containsPattern("(?m)^  " + Pattern.quote(subcommand) + " ");
            } else {
                assertThat(command).matches("mvn (verify|install)( -DskipTests)?");
            }
        });
    }

    @Test
    void theTestCommandIsFound() {
        List<String> found = TEST_COMMAND
                .matcher(readme.text())
                .results()
                .map(MatchResult::group)
                .toList();

        assertThat(found.get(0)).isEqualTo("mvn verify");
    }

    @Test
    void theVersionIsThatOfTheProject() throws IOException {
        String pom = Files.readString(readme.root().resolve("pom.xml"));
        String version = first(VERSION, pom);

        assertThat(readme.blocks("xml"))
                .singleElement()
                .satisfies(block -> assertThat(first(VERSION, block)).isEqualTo(version));
    }

    @Test
    void everyLinkLeadsToAFile() {
        List<String> links = LINK.matcher(readme.text())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(links)
                .hasSizeGreaterThan(4)
                .allSatisfy(link -> assertThat(readme.root().resolve(link)).exists());
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }

    private static String output(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }
}
