package dev.fleche.storage;

import dev.fleche.record.Lookup;
import dev.fleche.record.Lookup.Reason;
import java.io.EOFException;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;

/**
 * Reading of files of which each may be gone, damaged or out of reach.
 *
 * <p>Whether a file is there is asked first: that costs a hit far less than an exception costs a miss.
 */
final class FileReads {

    private static final int ATTEMPTS = 3;

    /**
     * Makes something of an open file.
     *
     * @param <T> the type of what is looked up
     */
    interface Reader<T> {
        Lookup<T> read(RandomAccessFile in) throws IOException;
    }

    private FileReads() {}

    /** Returns what {@code reader} makes of {@code file}, or a miss that says what went wrong; never throws. */
    static <T> Lookup<T> read(File file, Reader<T> reader) {
        for (int attempt = 1; file.exists(); attempt++) {
            try {
                return open(file, reader);
            } catch (FileNotFoundException e) {
                // removed and replaced in between, which hardly happens twice
                if (attempt == ATTEMPTS) {
                    return Lookup.miss(Reason.UNAVAILABLE, "cannot open " + e.getMessage());
                }
            }
        }
        return Lookup.absent();
    }

    private static <T> Lookup<T> open(File file, Reader<T> reader) throws FileNotFoundException {
        try (RandomAccessFile in = new RandomAccessFile(file, "r")) {
            Lookup<T> lookup = reader.read(in);
            return lookup instanceof Lookup.Miss<T> miss
                    ? Lookup.miss(miss.reason(), file + " " + miss.detail())
                    : lookup;
        } catch (FileNotFoundException e) {
            throw e;
        } catch (EOFException e) {
            return Lookup.miss(Reason.DAMAGED, file + " became shorter while it was read");
        } catch (IOException e) {
            return Lookup.miss(Reason.UNAVAILABLE, file + " cannot be read: " + StoreDirectory.reason(e));
        }
    }
}
