package dev.fleche.code;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Programs made by tests: directories of class files, jars, and class loaders of them. */
final class Programs {

    private Programs() {}

    /** Compiles source files, each a class in its package, into a directory. */
    static Path compile(Path directory, Path classPath, String... sources) throws IOException {
        Path sourceDirectory = Files.createTempDirectory(Files.createDirectories(directory.resolveSibling("src")), "s");
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "--release", "17", "-cp", classPath.toString(), "-d", directory.toString()));
        for (String source : sources) {
            String name = source.replaceAll("(?s).*?(class|interface|enum|record|module) ([\\w.]+).*", "$1 $2");
            String file = name.startsWith("module") ? "module-info" : name.substring(name.indexOf(' ') + 1);
            arguments.add(Files.writeString(sourceDirectory.resolve(file + ".java"), source)
                    .toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        if (result != 0) {
            throw new AssertionError("javac ended with " + result);
        }
        return directory;
    }

    static Path compile(Path directory, String... sources) throws IOException {
        return compile(directory, directory, sources);
    }

    /** Puts all files of a directory and more entries into a jar. */
    static Path jar(Path jar, Path directory, Map<String, byte[]> more) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>(more);
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putIfAbsent(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Multi-Release"), "true");
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new JarEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return jar;
    }

    /** Returns the entry of a jar that says its coordinates. */
    static Map<String, byte[]> pom(String group, String artifact, String version) {
        return Map.of(
                "META-INF/maven/" + group + "/" + artifact + "/pom.properties",
                ("groupId=" + group + "\nartifactId=" + artifact + "\nversion=" + version + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a class loader of directories and jars. */
    static URLClassLoader loader(Path... paths) {
        return loader(Programs.class.getClassLoader(), paths);
    }

    static URLClassLoader loader(ClassLoader parent, Path... paths) {
        return new URLClassLoader(Stream.of(paths).map(Programs::url).toArray(URL[]::new), parent);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a file a time to come, as if it were changed later. */
    static void rebuildLater(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }
}
