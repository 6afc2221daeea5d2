package dev.fleche.code;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Class files made from a source text, and what is read from them. */
final class Compilation {

    private final Map<String, ClassSummary> summaries = new TreeMap<>();

    private Compilation(Map<String, byte[]> classFiles) {
        classFiles.forEach((name, bytes) -> summaries.put(name, read(bytes)));
    }

    /** Compiles one source file for Java 17, with {@code -g} unless the options say otherwise. */
    static Compilation of(String source, String... options) {
        return new Compilation(classFiles(source, options));
    }

    /** Returns the class files made from one source file, by internal name. */
    static Map<String, byte[]> classFiles(String source, String... options) {
        List<String> all = new ArrayList<>(List.of("--release", "17"));
        all.addAll(options.length == 0 ? List.of("-g") : List.of(options));
        return CompiledSources.compile(Map.of("Demo", source), all.toArray(String[]::new));
    }

    /** Compiles one source file with the compiler of another JDK. */
    static Compilation by(Path javac, Path directory, String source) throws IOException, InterruptedException {
        Path file = Files.writeString(Files.createDirectories(directory).resolve("Demo.java"), source);
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Process process = new ProcessBuilder(
                        javac.toString(), "-g", "-nowarn", "--release", "17", "-d", classes.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        String messages = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalArgumentException(messages);
        }
        Map<String, byte[]> classFiles = new TreeMap<>();
        try (Stream<Path> found = Files.list(classes)) {
            for (Path path : found.toList()) {
                String name = path.getFileName().toString();
                classFiles.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(path));
            }
        }
        return new Compilation(classFiles);
    }

    static ClassSummary read(byte[] classFile) {
        try {
            return ClassSummaries.read(classFile);
        } catch (ClassFileException e) {
            throw new AssertionError(e);
        }
    }

    ClassSummary summary(String name) {
        return Objects.requireNonNull(summaries.get(name), () -> name + " is not among " + summaries.keySet());
    }

    /** Returns the only method of that name in a class. */
    MethodSummary method(String owner, String name) {
        List<MethodSummary> found = new ArrayList<>();
        summary(owner).methods().forEach((signature, method) -> {
            if (signature.startsWith(name + "(")) {
                found.add(method);
            }
        });
        if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " methods " + name);
        }
        return found.get(0);
    }

    /** Returns the text of that method, with its switches over enums explained. */
    String text(String owner, String name) {
        return text(method(owner, name));
    }

    /** Returns the text of that method of the class Demo. */
    String text(String name) {
        return text("Demo", name);
    }

    /**
     * Returns the text and the edges of each method of each class, without what compilers make for lambdas and
     * switches.
     */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        summaries.forEach((name, summary) -> summary.methods().forEach((signature, method) -> {
            if (!summary.isLambdaBody(signature) && summary.switchMaps().isEmpty()) {
                texts.put(name + "." + signature, text(method) + " " + method.edges());
            }
        }));
        return texts;
    }

    private String text(MethodSummary method) {
        StringBuilder text = new StringBuilder(method.text().toString());
        for (EnumSwitch jump : method.switches()) {
            Map<String, Integer> targets = new TreeMap<>();
            jump.targets().forEach((label, target) -> targets.put(constant(jump, label), target));
            text.append(' ').append(jump.enumName()).append(targets).append(jump.defaultTarget());
        }
        return text.toString();
    }

    private String constant(EnumSwitch jump, int label) {
        if (jump.mapOwner().isEmpty()) {
            return summary(jump.enumName()).enumConstants().get(label);
        }
        Map<Integer, String> map =
                Objects.requireNonNull(summary(jump.mapOwner()).switchMaps().get(jump.mapField()), jump::toString);
        return Objects.requireNonNull(map.get(label), jump::toString);
    }
}
