package dev.fleche.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The care for two parts of a store, one after the other. */
final class JointUpkeep implements Upkeep {

    private final Upkeep first;
    private final Upkeep second;

    JointUpkeep(Upkeep first, Upkeep second) {
        this.first = first;
        this.second = Objects.requireNonNull(second, "second");
    }

    @Override
    public List<Flaw> check() {
        return check(() -> {});
    }

    @Override
    public List<Flaw> check(Runnable step) {
        List<Flaw> found = new ArrayList<>(first.check(step));
        found.addAll(second.check(step));
        return found;
    }

    @Override
    public List<Flaw> repair() {
        return repair(() -> {});
    }

    @Override
    public List<Flaw> repair(Runnable step) {
        List<Flaw> repaired = new ArrayList<>(first.repair(step));
        repaired.addAll(second.repair(step));
        return repaired;
    }

    @Override
    public long sizeBytes() {
        return first.sizeBytes() + second.sizeBytes();
    }
}
