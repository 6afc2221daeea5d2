package dev.fleche.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The programs of database servers, as Maven artefacts bring them. */
final class ServerBinaries {

    private static final String EXECUTABLE = "rwxr-xr-x";

    private ServerBinaries() {}

    /** Returns whether this process is root's, whom some servers refuse. */
    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Returns the name of this operating system: {@code linux}, {@code macos} or another. */
    static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("mac") ? "macos" : name;
    }

    /** Returns whether this machine has ARM's instructions. */
    static boolean isArm() {
        return System.getProperty("os.arch").equals("aarch64");
    }

    /** Makes a temporary directory that every user may enter. */
    static Path temporaryDirectory(String name) throws IOException {
        Path directory = Files.createTempDirectory(name);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(EXECUTABLE));
        return directory;
    }

    /** Unpacks a compressed tar file of the class path into {@code directory}. */
    static void unpackTar(String resource, Path directory) throws IOException {
        try (InputStream bytes = resource(resource).openStream();
                TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = directory.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    write(tar, path);
                }
            }
        }
    }

    /**
     * Unpacks what lies under {@code root} in the jar that holds {@code marker}, unless an earlier run has done so.
     *
     * @param root matches the beginnings of the names, up to what stays of them
     * @param needed matches what stays of the names that are needed
     */
    static Path unpackJar(String marker, Pattern root, Pattern needed) throws IOException {
        Path jar = jarWith(marker);
        Path build = Path.of("target").toAbsolutePath();
        Path directory = build.resolve(jar.getFileName().toString().replace(".jar", ""));
        if (!Files.exists(directory)) {
            Files.createDirectories(build);
            Path aside = Files.createTempDirectory(build, "unpacking");
            unpack(jar, root, needed, aside);
            try {
                Files.move(aside, directory, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                delete(aside);
                if (!Files.exists(directory)) {
                    throw e;
                }
                // another run was faster
            }
        }
        return directory;
    }

    private static void unpack(Path jar, Pattern root, Pattern needed, Path directory) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : (Iterable<JarEntry>) file.stream()::iterator) {
                Matcher start = root.matcher(entry.getName());
                String name = start.lookingAt() ? entry.getName().substring(start.end()) : "";
                if (!entry.isDirectory() && needed.matcher(name).lookingAt()) {
                    try (InputStream bytes = file.getInputStream(entry)) {
                        write(bytes, directory.resolve(name));
                    }
                }
            }
        }
    }

    private static void write(InputStream bytes, Path path) throws IOException {
        Files.createDirectories(path.getParent());
        Files.copy(bytes, path);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(EXECUTABLE));
    }

    private static Path jarWith(String resource) throws IOException {
        String url = resource(resource).getPath();
        return Path.of(URI.create(url.substring(0, url.indexOf("!/"))));
    }

    private static URL resource(String name) throws IOException {
        URL url = ServerBinaries.class.getClassLoader().getResource(name);
        if (url == null) {
            throw new IOException("expected " + name + " on the class path, from an artefact for " + system() + " on "
                    + System.getProperty("os.arch") + "; sql/pom.xml lists those there are");
        }
        return url;
    }

    /** Deletes a directory with what is in it. */
    static void delete(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("expected to delete " + directory, e);
        }
    }
}
