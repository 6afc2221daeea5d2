package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/style.md that a machine can check. */
class SourceRulesTest {

    private static final int MAX_LINES = 400;
    private static final Set<String> SKIPPED = Set.of(".git", "target", ".idea", ".settings", ".vscode");
    private static final Set<String> UNPUBLISHED = Set.of("examples", "benchmarks");
    private static final Pattern VAGUE_NAME = Pattern.compile("Abstract.*|.*(Util|Utils|Helper|Helpers|Manager|Impl)");
    // split, so that this file passes
    private static final Pattern UNFINISHED = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

    private static Path root;
    private static List<Path> files;

    @BeforeAll
    static void listFiles() throws IOException {
        root = findRoot();
        files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return SKIPPED.contains(directory.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Test
    void theRepositoryIsFound() {
        assertThat(javaFiles()).contains(root.resolve(thisFile()));
    }

    @Test
    void noJavaFileIsLong() {
        assertThat(javaFiles())
                .allSatisfy(file -> assertThat(read(file).lines())
                        .as("lines of %s (split it by reason to change)", root.relativize(file))
                        .hasSizeLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void noClassHasAVagueName() {
        assertThat(javaFiles())
                .noneMatch(file -> VAGUE_NAME.matcher(simpleName(file)).matches());
    }

    @Test
    void everyLibraryPackageIsNullMarked() {
        Set<Path> packages = new TreeSet<>();
        for (Path file : javaFiles()) {
            Path path = root.relativize(file);
            if (isLibrarySource(path) && !path.endsWith("module-info.java")) {
                packages.add(file.getParent());
            }
        }

        assertThat(packages)
                .allSatisfy(directory -> assertThat(directory.resolve("package-info.java"))
                        .content()
                        .contains("@NullMarked"));
    }

    @Test
    void nothingIsLeftUnfinished() {
        assertThat(files).noneMatch(file -> UNFINISHED.matcher(read(file)).find());
    }

    private static boolean isLibrarySource(Path path) {
        return path.toString().replace('\\', '/').contains("/src/main/java/")
                && !UNPUBLISHED.contains(path.getName(0).toString());
    }

    private static List<Path> javaFiles() {
        return files.stream().filter(file -> file.toString().endsWith(".java")).toList();
    }

    private static String simpleName(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }

    /** Returns the text of a file; a binary file has none. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException binary) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path findRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(directory.resolve(".mvn"))) {
            directory = Objects.requireNonNull(directory.getParent(), "no directory above has .mvn");
        }
        return directory;
    }

    private static Path thisFile() {
        Path module = root.relativize(Path.of("").toAbsolutePath());
        return module.resolve("src/test/java/dev/fleche/SourceRulesTest.java");
    }
}
