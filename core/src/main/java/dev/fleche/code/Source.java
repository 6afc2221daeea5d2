package dev.fleche.code;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A directory, jar or other place of class files, as one class loader sees it.
 *
 * <p>Safe for use by several threads. What is read of it is kept, and is that of the moment of the first look.
 */
final class Source {

    private static final String COORDINATES = "coordinates";
    private static final String DIGEST = "digest";

    private static final @Nullable FileStamp JDK_STAMP = jdkStamp();

    private final Place place;
    private final long seen;
    private final ClassPack pack;
    private final ConcurrentMap<String, String> facts = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Optional<Coordinates>> coordinates = new AtomicReference<>();

    /**
     * Makes it from any place in it.
     *
     * @param seen since when its classes may have been loaded
     */
    Source(Place place, long seen) {
        this.place = place;
        this.seen = seen;
        pack = ClassPack.of(place);
    }

    private static @Nullable FileStamp jdkStamp() {
        try {
            return FileStamp.of(Place.MODULES);
        } catch (IOException e) {
            // a JDK without an image
            return null;
        }
    }

    String root() {
        return place.root();
    }

    Place.Kind kind() {
        return place.kind();
    }

    String fileName() {
        return place.fileName();
    }

    ClassPack pack() {
        return pack;
    }

    /** Returns whether it is part of a program, whatever its name, and no library. */
    boolean isProgram() {
        return switch (place.kind()) {
            case JDK, JAR, INNER_JAR -> false;
            case IMAGE, DIRECTORY, INNER_DIRECTORY, OTHER -> true;
        };
    }

    /**
     * Returns the stamp of a file in it, or of all of it where it is one file; null if there is none.
     *
     * @throws IOException if the file is gone
     */
    @Nullable
    FileStamp stamp(String path) throws IOException {
        Path file = place.file();
        return switch (place.kind()) {
            case JDK -> JDK_STAMP;
            case DIRECTORY -> FileStamp.of(Objects.requireNonNull(file).resolve(path));
            default -> file == null ? null : FileStamp.of(file);
        };
    }

    /**
     * Returns the content of a file in this jar, faster than its URL does.
     *
     * @throws IOException if it is gone
     */
    byte[] inJar(String path) throws IOException {
        // opened anew each time: one that stays open is the old one after it was replaced
        try (ZipFile jar = new ZipFile(Objects.requireNonNull(place.file()).toFile())) {
            ZipEntry entry = jar.getEntry(path);
            if (entry == null) {
                throw new FileNotFoundException(path);
            }
            return jar.getInputStream(entry).readAllBytes();
        }
    }

    /** Returns whether a file may not be the one whose code runs. */
    boolean isRebuilt(@Nullable FileStamp stamp) {
        return stamp != null && place.kind() != Place.Kind.JDK && (stamp.lastChange() > seen || isDirectoryReplaced());
    }

    /** A directory that took the place of another brings its files with their own times. */
    private boolean isDirectoryReplaced() {
        try {
            return place.kind() == Place.Kind.DIRECTORY
                    && FileStamp.of(Objects.requireNonNull(place.file())).changed() > seen;
        } catch (IOException gone) {
            return true;
        }
    }

    /** Returns what Maven calls it; empty if that is not said, or not clear. */
    Optional<Coordinates> coordinates() {
        Optional<Coordinates> known = coordinates.get();
        if (known == null) {
            String[] parts = fact(COORDINATES).split("\n", -1);
            known = parts.length == 3 ? Optional.of(new Coordinates(parts[0], parts[1], parts[2])) : Optional.empty();
            coordinates.set(known);
        }
        return known;
    }

    private String readCoordinates() throws IOException {
        Optional<Coordinates> found = CodeSources.coordinates(place);
        return found.isEmpty()
                ? ""
                : found.get().group()
                        + '\n'
                        + found.get().artifact()
                        + '\n'
                        + found.get().version();
    }

    /**
     * Returns the SHA-256 of all of it; what is good for this process alone if it cannot be read or has changed since
     * its classes may have been loaded.
     */
    String digest() {
        return fact(DIGEST);
    }

    private String readDigest() throws IOException {
        String digest = CodeSources.digest(place);
        return place.kind() != Place.Kind.JDK && CodeSources.lastChange(place) > seen ? ThisProcess.NUMBER : digest;
    }

    private String fact(String name) {
        String known = facts.get(name);
        if (known == null) {
            String read = read(name);
            String other = facts.putIfAbsent(name, read);
            known = other == null ? read : other;
        }
        return known;
    }

    private String read(String name) {
        boolean jar = place.kind() == Place.Kind.JAR || place.kind() == Place.Kind.INNER_JAR;
        try {
            return jar ? packed(name) : readFact(name);
        } catch (IOException e) {
            return name.equals(DIGEST) ? ThisProcess.NUMBER : "";
        }
    }

    /** A jar as big as it may be need not be read again as long as it stays as it is. */
    private String packed(String name) throws IOException {
        long start = FileStamp.now();
        FileStamp before = stamp("");
        Optional<String> kept = pack.find(Form.FACT, name, before);
        if (kept.isPresent()) {
            return kept.get();
        }
        String read = readFact(name);
        if (before != null && before.isSame(stamp("")) && before.isTelling(start)) {
            pack.put(Form.FACT, name, PackEntry.of(before, null, read));
        }
        return read;
    }

    private String readFact(String name) throws IOException {
        return name.equals(DIGEST) ? readDigest() : readCoordinates();
    }
}
