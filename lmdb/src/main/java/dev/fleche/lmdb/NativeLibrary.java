package dev.fleche.lmdb;

import dev.fleche.storage.StorageException;
import org.jspecify.annotations.Nullable;
import org.lmdbjava.Env;
import org.lmdbjava.Meta;

/** LMDB itself, which its binding unpacks from a jar and loads once. */
final class NativeLibrary {

    /* The binding loads the library when one of its classes is initialised, and never again if that fails. It unpacks
     * the file through a channel, which a pending interrupt of the calling thread would close, and looks for it with
     * that thread's context class loader. So a thread of its own does it.
     */
    private static final Loading LOADING = load();

    private NativeLibrary() {}

    /**
     * Fails if LMDB does not run here.
     *
     * @throws StorageException if the library is missing for this platform, or cannot be unpacked or loaded
     */
    static void require() {
        Throwable failure = LOADING.failure;
        if (failure != null) {
            throw new StorageException(
                    "LMDB's library cannot be loaded: " + reason(failure) + "; if the temporary directory forbids it, "
                            + "set the system property lmdbjava.extract.dir to another; on the module path, put the "
                            + "jar native-*.jar on the class path; or use a store of type files",
                    failure);
        }
    }

    private static Loading load() {
        Loading loading = new Loading();
        Thread loader = new Thread(null, loading, "fleche lmdb loader", 0, false);
        loader.setContextClassLoader(Env.class.getClassLoader());
        loader.setDaemon(true);
        loader.start();
        Uninterrupted.join(loader);
        return loading;
    }

    /** A class of its own: a method of the one above would wait for its initialisation, and that for the method. */
    private static final class Loading implements Runnable {

        private volatile @Nullable Throwable failure;

        @Override
        public void run() {
            try {
                Meta.version();
            } catch (RuntimeException | LinkageError e) {
                failure = e;
            }
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.toString();
    }
}
