package dev.fleche.digest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Encodes the content of files and directories. */
final class FileContentEncoder implements ValueEncoder<FileContent> {

    @Override
    public void encode(FileContent value, Walk walk) {
        Path path = value.path();
        // elsewhere, an interrupt that is pending could fail the reading
        boolean interrupted = path.getFileSystem() != FileSystems.getDefault() && Thread.interrupted();
        try {
            new FileTree(walk).put(path);
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            throw walk.fail(" is the content of " + path + ", which cannot be read: " + e, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
