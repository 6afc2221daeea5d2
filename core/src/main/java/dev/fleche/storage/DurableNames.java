package dev.fleche.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the names of a store's files survive a power failure, and those of the directories that lead to them.
 *
 * <p>Safe for use by several threads.
 */
final class DurableNames {

    private final StoreDirectory directory;
    private final NameSync sync;
    private final Set<Path> kept = ConcurrentHashMap.newKeySet();

    DurableNames(StoreDirectory directory, NameSync sync) {
        this.directory = directory;
        this.sync = sync;
    }

    /** Returns once all names in {@code place}, the root or a directory below it, are on the disk. */
    void keep(Path place) throws IOException {
        sync.force(place);
        Path below = place;
        while (!below.equals(directory.root()) && !kept.contains(below)) {
            Path above = Objects.requireNonNull(below.getParent(), "above");
            sync.force(above);
            kept.add(below);
            below = above;
        }
        if (!kept.contains(directory.root())) {
            keepRoot();
        }
    }

    private void keepRoot() throws IOException {
        Path root = directory.root();
        Set<@Nullable Path> above = new LinkedHashSet<>();
        // made or not: another process that has just made the root may not have come so far
        above.add(root.getParent());
        directory.made().forEach(made -> above.add(made.getParent()));
        sync.force(root);
        for (@Nullable Path each : above) {
            // what only others may read is theirs to keep
            if (each != null && Files.isReadable(each)) {
                sync.force(each);
            }
        }
        kept.add(root);
    }

    /** Forgets what leads to {@code file} and is not there, its directory in any case: that has been missed. */
    void forget(Path file) {
        kept.removeIf(above -> above.equals(file.getParent()) || (file.startsWith(above) && !Files.exists(above)));
    }
}
