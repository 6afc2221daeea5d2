package dev.fleche.code;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The writing of packs in the background. */
final class PackWriter {

    /** Of two writers at once the second would lose what the first has. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    private PackWriter() {}

    /** Starts to write those that have changed; they may never be written if the program ends before. */
    static void write(Set<ClassPack> packs) {
        List<ClassPack> changed = packs.stream().filter(ClassPack::isChanged).toList();
        if (changed.isEmpty()) {
            return;
        }
        Thread thread = new Thread(() -> writeNow(changed), "fleche analysed classes");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    static void writeNow(Iterable<ClassPack> packs) {
        LOCK.lock();
        try {
            packs.forEach(ClassPack::write);
        } finally {
            LOCK.unlock();
        }
    }
}
