package dev.fleche.storage;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The care for a store's directory: its marker, names that do not belong there, and what dead processes left.
 *
 * <p>Entries are not opened here; a file with the name of an entry is one. Safe for several threads and processes.
 */
final class DirectoryUpkeep implements Upkeep {

    /** So many foreign names are reported one by one. */
    private static final int MAX_FOREIGN = 1000;

    private final StoreDirectory directory;
    private final Set<String> others;

    /**
     * Creates the care for a directory.
     *
     * @param others the names below the root that belong to the store and are cared for elsewhere
     */
    DirectoryUpkeep(StoreDirectory directory, Set<String> others) {
        this.directory = directory;
        this.others = Set.copyOf(others);
    }

    @Override
    public List<Flaw> check() {
        return check(() -> {});
    }

    @Override
    public List<Flaw> check(Runnable step) {
        List<Flaw> found = new ArrayList<>(directory.markerFlaws());
        found.addAll(new StoreLeftovers(directory).find());
        Foreign foreign = new Foreign();
        foreign.look(directory.root(), name -> directory.isOwn(name) || others.contains(name));
        for (String area : List.of(StoreDirectory.OWNERS, StoreDirectory.TEMP, StoreDirectory.ADMISSIONS)) {
            foreign.look(directory.root().resolve(area), StoreOwner::isToken);
        }
        for (String area : List.of(StoreDirectory.CALLS, StoreDirectory.VALUES)) {
            Path path = directory.root().resolve(area);
            foreign.look(path, ShardedFiles::isShard);
            Arrays.stream(StoreDirectory.names(path))
                    .filter(ShardedFiles::isShard)
                    .forEach(shard -> {
                        foreign.look(path.resolve(shard), ShardedFiles::isEntry);
                        step.run();
                    });
        }
        found.addAll(foreign.found());
        return found;
    }

    @Override
    public List<Flaw> repair() {
        List<Flaw> repaired = new ArrayList<>(new StoreLeftovers(directory).find());
        repaired.addAll(directory.markerFlaws());
        try {
            directory.repairMarker();
        } catch (IOException e) {
            throw new StorageException(
                    "the marker in " + directory.root() + " cannot be written: " + StoreDirectory.reason(e), e);
        }
        new StoreSweep(directory).run();
        // what could not be removed, or was not ours to remove, is not repaired
        Set<Flaw> left = new HashSet<>(new StoreLeftovers(directory).find());
        left.addAll(directory.markerFlaws());
        repaired.removeIf(left::contains);
        return repaired;
    }

    /** Returns the lengths of all files together; what vanishes meanwhile counts as nothing. */
    @Override
    public long sizeBytes() {
        long bytes = 0;
        for (String name : StoreDirectory.list(directory.root().toFile())) {
            if (!others.contains(name)) {
                bytes += size(directory.root().resolve(name).toFile());
            }
        }
        return bytes;
    }

    private static long size(File file) {
        String[] names = file.list();
        if (names == null) {
            return file.length();
        }
        long bytes = 0;
        for (String name : names) {
            bytes += size(new File(file, name));
        }
        return bytes;
    }

    /** The names that do not belong where they are: the first ones, and how many more there are. */
    private static final class Foreign {

        private final List<Flaw> found = new ArrayList<>();
        private long more;
        private Path last = Path.of("");

        void look(Path place, Predicate<String> belongs) {
            if (place.toFile().isFile()) {
                add(place, "expected a directory, found a file");
                return;
            }
            for (String name : StoreDirectory.list(place.toFile())) {
                if (!belongs.test(name)) {
                    add(place.resolve(name), "does not belong to the store; move it elsewhere");
                }
            }
        }

        private void add(Path place, String detail) {
            if (found.size() < MAX_FOREIGN) {
                found.add(new Flaw(Flaw.Kind.FOREIGN, place.toString(), detail));
            } else {
                more++;
                last = place;
            }
        }

        List<Flaw> found() {
            if (more > 0) {
                found.add(new Flaw(
                        Flaw.Kind.FOREIGN, last.toString(), "and " + (more - 1) + " more do not belong to the store"));
            }
            return found;
        }
    }
}
