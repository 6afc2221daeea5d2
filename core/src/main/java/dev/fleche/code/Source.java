package dev.fleche.code;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
        String text = fact(
                COORDINATES,
                () -> CodeSources.coordinates(place)
                        .map(c -> c.group() + '\n' + c.artifact() + '\n' + c.version())
                        .orElse(""));
        String[] parts = text.split("\n", -1);
        return parts.length == 3 ? Optional.of(new Coordinates(parts[0], parts[1], parts[2])) : Optional.empty();
    }

    /**
     * Returns the SHA-256 of all of it; what is good for this process alone if it cannot be read or has changed since
     * its classes may have been loaded.
     */
    String digest() {
        return fact(DIGEST, () -> {
            String digest = CodeSources.digest(place);
            return place.kind() != Place.Kind.JDK && CodeSources.lastChange(place) > seen ? ThisProcess.NUMBER : digest;
        });
    }

    private String fact(String name, Reader reader) {
        String known = facts.get(name);
        if (known == null) {
            String read = read(name, reader);
            String other = facts.putIfAbsent(name, read);
            known = other == null ? read : other;
        }
        return known;
    }

    private String read(String name, Reader reader) {
        boolean jar = place.kind() == Place.Kind.JAR || place.kind() == Place.Kind.INNER_JAR;
        try {
            return jar ? packed(name, reader) : reader.read();
        } catch (IOException e) {
            return name.equals(DIGEST) ? ThisProcess.NUMBER : "";
        }
    }

    /** A jar as big as it may be need not be read again as long as it stays as it is. */
    private String packed(String name, Reader reader) throws IOException {
        long start = FileStamp.now();
        FileStamp before = stamp("");
        Optional<String> kept = pack.find(Form.FACT, name, before);
        if (kept.isPresent()) {
            return kept.get();
        }
        String read = reader.read();
        if (before != null && before.isSame(stamp("")) && before.isTelling(start)) {
            pack.put(Form.FACT, name, PackEntry.of(before, null, read));
        }
        return read;
    }

    /** Something that reads files. */
    private interface Reader {

        String read() throws IOException;
    }
}
