package dev.fleche.digest;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Encodes paths: those of the default file system by name, others by URI. */
final class PathEncoder implements ValueEncoder<Path> {

    private static final char REPLACEMENT = '\uFFFD';

    @Override
    public void encode(Path value, Walk walk) {
        if (value.getFileSystem() != FileSystems.getDefault()) {
            walk.meet(value.getClass());
            JdkValues.text(Tag.FOREIGN_PATH, value.toUri().toString(), walk);
            return;
        }
        JdkValues.text(Tag.PATH, textOf(value, walk), walk);
    }

    /** Returns a path as text, if the text says it all. */
    static String textOf(Path path, Walk walk) {
        String name = path.toString();
        if (name.indexOf(REPLACEMENT) >= 0 && !isWhole(path, name)) {
            throw walk.fail(" is the path " + name + ", which cannot be written as text; rename the file or set the"
                    + " locale that its name was made with");
        }
        return name;
    }

    /** Two names with bytes that are no text look alike; only a name that leads back to the path says it all. */
    private static boolean isWhole(Path path, String name) {
        try {
            return path.getFileSystem().getPath(name).equals(path);
        } catch (InvalidPathException e) {
            // the text does not even name a file
            return false;
        }
    }
}
