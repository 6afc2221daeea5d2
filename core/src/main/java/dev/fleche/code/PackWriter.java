package dev.fleche.code;

import java.util.ArrayList;
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
        List<ClassPack> changed = new ArrayList<>();
        for (ClassPack each : packs) {
            if (each.isChanged()) {
                changed.add(each);
            }
        }
        if (!changed.isEmpty()) {
            new Writing(changed).start();
        }
    }

    /** The thread that writes. */
    private static final class Writing extends Thread {

        private final List<ClassPack> packs;

        private Writing(List<ClassPack> packs) {
            super("fleche analysed classes");
            this.packs = packs;
            setDaemon(true);
            setContextClassLoader(null);
        }

        @Override
        public void run() {
            writeNow(packs);
        }
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
