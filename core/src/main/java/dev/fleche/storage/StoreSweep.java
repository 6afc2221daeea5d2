package dev.fleche.storage;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Removes what dead owners left in a store.
 *
 * <p>An owner is dead if its lock can be taken, or if its lock file is gone: that is created before all else and
 * removed last. A living owner whose lock file was deleted by others notices at its next write. Safe for several
 * threads and processes.
 */
final class StoreSweep implements Runnable {

    private final StoreDirectory directory;

    StoreSweep(StoreDirectory directory) {
        this.directory = directory;
    }

    @Override
    public void run() {
        directory.sweep();
        Set<String> tokens = new TreeSet<>();
        for (String area : List.of(StoreDirectory.TEMP, StoreDirectory.ADMISSIONS, StoreDirectory.OWNERS)) {
            tokens.addAll(List.of(StoreDirectory.names(directory.root().resolve(area))));
        }
        for (String token : tokens) {
            if (StoreOwner.isToken(token) && !StoreOwner.isOfThisJvm(token)) {
                sweep(token);
            }
        }
    }

    private void sweep(String token) {
        Path owners = directory.root().resolve(StoreDirectory.OWNERS);
        File file = owners.resolve(token).toFile();
        if (!file.exists()) {
            StoreOwner.removeRemains(directory, token);
            return;
        }
        try (RandomAccessFile lockFile = new RandomAccessFile(file, "rw");
                FileLock lock = lockFile.getChannel().tryLock()) {
            if (lock != null) {
                StoreOwner.removeRemains(directory, token);
                file.delete();
            }
        } catch (OverlappingFileLockException e) {
            // another store of this JVM sweeps the same owner
        } catch (IOException e) {
            // not ours to open, or no locks here: whoever may removes it
        }
    }
}
