package dev.fleche.storage;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What processes that have ended left in a store and {@link StoreSweep} removes; only looked for here.
 *
 * <p>Safe for several threads and processes.
 */
final class StoreLeftovers {

    private final StoreDirectory directory;

    StoreLeftovers(StoreDirectory directory) {
        this.directory = directory;
    }

    /** Returns what is left behind at this moment. */
    List<Flaw> find() {
        String[] unfinished = StoreDirectory.names(directory.root());
        List<Flaw> found = new ArrayList<>(ofOwners());
        // one that is gone by now was being written by a living process
        Arrays.stream(unfinished)
                .filter(StoreDirectory::isUnfinished)
                .map(directory.root()::resolve)
                .filter(path -> path.toFile().exists())
                .map(path -> leftBehind(path, "a file that was never finished"))
                .forEach(found::add);
        return found;
    }

    private List<Flaw> ofOwners() {
        Set<String> tokens = new TreeSet<>();
        for (String area : List.of(StoreDirectory.TEMP, StoreDirectory.ADMISSIONS, StoreDirectory.OWNERS)) {
            tokens.addAll(Arrays.asList(StoreDirectory.names(directory.root().resolve(area))));
        }
        List<Flaw> found = new ArrayList<>();
        for (String token : tokens) {
            if (StoreOwner.isToken(token) && !StoreOwner.isOfThisJvm(token) && isDead(token)) {
                addRemains(token, found);
            }
        }
        return found;
    }

    private void addRemains(String token, List<Flaw> found) {
        for (String area : List.of(StoreDirectory.TEMP, StoreDirectory.ADMISSIONS)) {
            Path remains = directory.root().resolve(area).resolve(token);
            if (remains.toFile().exists()) {
                found.add(leftBehind(
                        remains, StoreDirectory.names(remains).length + " files of a process that has ended"));
            }
        }
        Path owner = directory.root().resolve(StoreDirectory.OWNERS).resolve(token);
        if (owner.toFile().exists()) {
            found.add(leftBehind(owner, "the lock file of a process that has ended"));
        }
    }

    /** Returns whether the lock of an owner of another process can be shared, or its file is gone. */
    private boolean isDead(String token) {
        Path owner = directory.root().resolve(StoreDirectory.OWNERS).resolve(token);
        if (!owner.toFile().exists()) {
            return true;
        }
        // for reading, which a store that is only readable allows too
        try (RandomAccessFile lockFile = new RandomAccessFile(owner.toFile(), "r");
                FileLock lock = lockFile.getChannel().tryLock(0, Long.MAX_VALUE, true)) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            // another thread of this JVM sweeps it at this moment
            return false;
        } catch (IOException e) {
            // no locks here, or not ours to open: nobody can tell
            return false;
        }
    }

    private static Flaw leftBehind(Path place, String detail) {
        return new Flaw(Flaw.Kind.LEFT_BEHIND, place.toString(), detail);
    }
}
