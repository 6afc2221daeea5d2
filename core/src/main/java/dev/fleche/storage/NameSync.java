package dev.fleche.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A way to write the names in a directory to the disk. Safe for use by several threads. */
interface NameSync {

    /**
     * Returns once every name that is in {@code directory} at this moment is on the disk.
     *
     * @throws IOException if that cannot be
     */
    void force(Path directory) throws IOException;
}
