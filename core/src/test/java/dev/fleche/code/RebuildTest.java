package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A program of all constructs is built again; what it does is the same. */
@Timeout(120)
class RebuildTest {

    private final long seed = System.nanoTime() >>> 20;
    private final Map<String, String> sources = GeneratedProgram.of(seed).sources();

    @TempDir
    Path directory;

    @Test
    void compilerOptionsThatChangeNoCodeChangeNoDigest() throws Exception {
        Map<String, CodeManifest> before = manifests(CompiledSources.compile(sources));

        assertSame(before, CompiledSources.compile(sources, "-g:none"), "-g:none");
        assertSame(before, CompiledSources.compile(sources, "-g"), "-g");
        assertSame(before, CompiledSources.compile(sources, "-parameters"), "-parameters");
    }

    @Test
    void commentsAndBlankLinesChangeNoDigest() throws Exception {
        Map<String, String> commented = new TreeMap<>();
        sources.forEach((name, text) -> commented.put(name, text.replace("\n", "\n\n// a comment\n")));

        assertSame(manifests(CompiledSources.compile(sources)), CompiledSources.compile(commented), "comments");
    }

    @Test
    void anUnrelatedLambdaAboveChangesNoDigest() throws Exception {
        Map<String, String> longer = new TreeMap<>();
        String member =
                "\n    static Runnable unrelated() {\n        return () -> System.out.println(\"unrelated\");\n    }\n";
        sources.forEach((name, text) -> longer.put(name, text.replaceFirst("(\nclass P\\d+ \\{\n)", "$1" + member)));

        assertSame(manifests(CompiledSources.compile(sources)), CompiledSources.compile(longer), "a lambda above");
    }

    @Test
    void anotherCompilerChangesFewMethods() throws Exception {
        Map<String, Digest> here = texts(CompiledSources.compile(sources, "--release", "17"));
        for (Path home : otherJdks()) {
            Map<String, Digest> there = texts(compiledBy(home));
            List<String> different = new ArrayList<>();
            here.forEach((method, text) -> {
                if (!Objects.equals(text, there.get(method))) {
                    different.add(method);
                }
            });
            System.out.printf(
                    "of %d methods, %d have another text by the compiler of %s than by that of %s: %s%n",
                    here.size(), different.size(), home.getFileName(), Runtime.version(), different);
            assertThat(different).as("seed %d", seed).hasSizeLessThan(here.size() / 20);
        }
    }

    private void assertSame(Map<String, CodeManifest> before, Map<String, byte[]> rebuilt, String how)
            throws Exception {
        Map<String, CodeManifest> after = manifests(rebuilt);
        before.forEach((root, manifest) -> assertThat(
                        Objects.requireNonNull(after.get(root)).entries())
                .as("%s, root %s, seed %d", how, root, seed)
                .isEqualTo(manifest.entries()));
    }

    /** Returns what each function of the program reaches. */
    private Map<String, CodeManifest> manifests(Map<String, byte[]> files) throws Exception {
        Path classDirectory = Files.createTempDirectory(directory, "classes");
        Map<String, CodeManifest> all = new TreeMap<>();
        try (AutoCloseable loader = MutationRun.loader(files, classDirectory)) {
            Classes classes = LoadedClasses.of(Class.forName("generated.P0", false, (ClassLoader) loader), List.of());
            for (String name : sources.keySet()) {
                MethodId function = new MethodId(name.replace('.', '/'), "f", "(I)I");
                Roots roots = new Roots(function, false, null, List.of(), List.of(), true);
                all.put(name, Reach.from(classes, roots).all());
            }
        }
        return all;
    }

    private static Map<String, Digest> texts(Map<String, byte[]> files) throws ClassFileException {
        Map<String, Digest> texts = new TreeMap<>();
        for (byte[] file : files.values()) {
            ClassSummary summary = ClassSummaries.read(file);
            summary.methods()
                    .forEach((signature, method) -> texts.put(summary.name() + "." + signature, method.text()));
        }
        return texts;
    }

    private static List<Path> otherJdks() throws IOException {
        Path own = Path.of(System.getProperty("java.home")).toRealPath();
        Path all = Path.of("/usr/lib/jvm");
        List<Path> others = new ArrayList<>();
        if (Files.isDirectory(all)) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(all)) {
                for (Path home : homes) {
                    if (!Files.isSymbolicLink(home)
                            && Files.isExecutable(home.resolve("bin/javac"))
                            && !home.toRealPath().equals(own)) {
                        others.add(home);
                    }
                }
            }
        }
        return others;
    }

    private Map<String, byte[]> compiledBy(Path home) throws Exception {
        Path sourceDirectory = Files.createTempDirectory(directory, "sources");
        Path output = Files.createTempDirectory(directory, "output");
        List<String> command = new ArrayList<>(List.of(
                home.resolve("bin/javac").toString(), "--release", "17", "-proc:none", "-d", output.toString()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = sourceDirectory.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            command.add(file.toString());
        }
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).as("exit code of %s", command).isZero();
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(output)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(output.relativize(file).toString().replace(".class", ""), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
