package dev.fleche.code;

import dev.fleche.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** The reading of what is known of a directory or jar as a whole. */
final class CodeSources {

    private CodeSources() {}

    /** Returns what Maven calls a place; empty if it does not say so exactly once. */
    static Optional<Coordinates> coordinates(Place place) throws IOException {
        Path file = place.file();
        if (file == null) {
            return Optional.empty();
        }
        return switch (place.kind()) {
            case DIRECTORY -> inDirectory(file);
            case JAR, INNER_DIRECTORY -> inJar(file);
            case INNER_JAR -> inInnerJar(file, place.inner());
            case JDK, IMAGE, OTHER -> Optional.empty();
        };
    }

    private static Optional<Coordinates> inDirectory(Path directory) throws IOException {
        Path maven = directory.resolve("META-INF").resolve("maven");
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(maven)) {
            try (Stream<Path> found = Files.find(
                    maven,
                    3,
                    (file, attributes) -> file.getFileName().toString().equals("pom.properties"))) {
                found.forEach(files::add);
            }
        }
        Path beside = directory.resolveSibling("maven-archiver").resolve("pom.properties");
        if (files.isEmpty() && Files.isRegularFile(beside)) {
            files.add(beside);
        }
        if (files.size() != 1) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(files.get(0))) {
            return Coordinates.read(in);
        }
    }

    private static Optional<Coordinates> inJar(Path file) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile())) {
            List<ZipEntry> entries = new ArrayList<>();
            Enumeration<? extends ZipEntry> all = jar.entries();
            while (all.hasMoreElements()) {
                ZipEntry entry = all.nextElement();
                if (Coordinates.isEntry(entry.getName())) {
                    entries.add(entry);
                }
            }
            if (entries.size() != 1) {
                return Optional.empty();
            }
            try (InputStream in = jar.getInputStream(entries.get(0))) {
                return Coordinates.read(in);
            }
        }
    }

    private static Optional<Coordinates> inInnerJar(Path file, String inner) throws IOException {
        List<Optional<Coordinates>> all = new ArrayList<>();
        try (ZipFile jar = new ZipFile(file.toFile());
                ZipInputStream entries = new ZipInputStream(open(jar, inner))) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (Coordinates.isEntry(entry.getName())) {
                    all.add(Coordinates.read(entries));
                }
            }
        }
        return all.size() == 1 ? all.get(0) : Optional.empty();
    }

    private static InputStream open(ZipFile jar, String inner) throws IOException {
        ZipEntry entry = jar.getEntry(inner);
        if (entry == null) {
            throw new NoSuchFileException(jar.getName() + "!/" + inner);
        }
        return jar.getInputStream(entry);
    }

    /** Returns the SHA-256 of a place, in hex: of a directory, by the names and contents of all files in it. */
    static String digest(Place place) throws IOException {
        Path file = place.file();
        if (place.kind() == Place.Kind.JDK) {
            return Runtime.version().toString();
        }
        if (file == null) {
            return ThisProcess.NUMBER;
        }
        MessageDigest sha = Sha256.create();
        switch (place.kind()) {
            case DIRECTORY -> addTree(file, sha);
            case INNER_JAR -> {
                try (ZipFile jar = new ZipFile(file.toFile());
                        InputStream in = open(jar, place.inner())) {
                    add(in, sha);
                }
            }
            default -> {
                try (InputStream in = Files.newInputStream(file)) {
                    add(in, sha);
                }
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void addTree(Path directory, MessageDigest sha) throws IOException {
        for (String name : names(directory)) {
            byte[] content = Files.readAllBytes(directory.resolve(name));
            sha.update((name + '\0' + content.length + '\0').getBytes(StandardCharsets.UTF_8));
            sha.update(content);
        }
    }

    /** Returns the relative names of all files of a directory, sorted. */
    private static List<String> names(Path directory) throws IOException {
        String separator = directory.getFileSystem().getSeparator();
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString().replace(separator, "/"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Returns when anything of a place was changed, as stamps tell. */
    static long lastChange(Place place) throws IOException {
        Path file = place.file();
        if (file == null) {
            return 0;
        }
        long last = FileStamp.of(file).lastChange();
        if (place.kind() == Place.Kind.DIRECTORY) {
            for (String name : names(file)) {
                last = Math.max(last, FileStamp.of(file.resolve(name)).lastChange());
            }
        }
        return last;
    }

    private static void add(InputStream in, MessageDigest sha) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            sha.update(buffer, 0, read);
        }
    }
}
