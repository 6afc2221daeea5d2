package dev.fleche.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** A program in a named module that opens nothing, compiled while a test runs and started as a process of its own. */
public final class ModularProgram {

    private final List<String> modulePath;
    private final List<String> classPath;

    /**
     * Chooses of the class path of this process.
     *
     * @param modules chooses what is on the module path of the program, by file name
     * @param others chooses what is on its class path
     * @param classes types whose jars or directories are on the module path as well
     */
    public ModularProgram(Predicate<String> modules, Predicate<String> others, Class<?>... classes) {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> entries = Arrays.asList(all.split(File.pathSeparator));
        modulePath = entries.stream().filter(entry -> modules.test(name(entry))).collect(Collectors.toList());
        classPath = entries.stream().filter(entry -> others.test(name(entry))).toList();
        for (Class<?> each : classes) {
            modulePath.add(Path.of(each.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath())
                    .toString());
        }
    }

    private static String name(String entry) {
        return Path.of(entry).getFileName().toString();
    }

    /**
     * Compiles and runs the class {@code app.Main} of a module, and returns the lines that it wrote, without the JVM's
     * own warnings of native libraries.
     *
     * @param directory where to put it
     * @param module the text of its description
     * @param program the text of its class
     */
    public List<String> run(Path directory, String module, String program, Object... arguments)
            throws IOException, InterruptedException {
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Path description = Files.writeString(directory.resolve("module-info.java"), module);
        Path main = Files.writeString(directory.resolve("Main.java"), program);
        String modules = String.join(File.pathSeparator, modulePath);
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-nowarn",
                        "-proc:none",
                        "--module-path",
                        modules,
                        "-d",
                        classes.toString(),
                        description.toString(),
                        main.toString());
        if (status != 0) {
            throw new AssertionError("the program does not compile; javac ended with " + status);
        }
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--module-path",
                modules + File.pathSeparator + classes));
        if (!classPath.isEmpty()) {
            command.addAll(List.of("--class-path", String.join(File.pathSeparator, classPath)));
        }
        command.addAll(List.of("--module", "app/app.Main"));
        Arrays.stream(arguments).map(String::valueOf).forEach(command::add);
        return output(command, directory.resolve("output"));
    }

    private static List<String> output(List<String> command, Path written) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(written.toFile())
                .start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroyForcibly();
        List<String> lines = Files.readAllLines(written);
        if (!ended || process.waitFor() != 0) {
            throw new AssertionError("the program did not end well; its output:\n" + String.join("\n", lines));
        }
        return lines.stream()
                .filter(line -> !line.isBlank() && !line.startsWith("WARNING: "))
                .toList();
    }
}
