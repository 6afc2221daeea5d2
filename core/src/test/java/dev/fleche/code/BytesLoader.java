package dev.fleche.code;

import java.util.Map;

/** A loader of class files in memory, which come before those of its parent. */
final class BytesLoader extends ClassLoader {

    private final Map<String, byte[]> files;

    /** Creates a loader of {@code files}, by internal name. */
    BytesLoader(Map<String, byte[]> files, ClassLoader parent) {
        super(parent);
        this.files = files;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] file = files.get(name.replace('.', '/'));
            return file == null ? super.loadClass(name, resolve) : defineClass(name, file, 0, file.length);
        }
    }
}
