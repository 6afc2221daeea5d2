package dev.fleche.code;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The class file of a class, as one class loader sees it.
 *
 * <p>What is found out is decided once: a class does not change when its file does. Safe for use by several threads.
 */
final class ClassFile {

    private final String name;
    /** Not the URL itself, which may keep the class loader alive. */
    private final WeakReference<ClassLoader> loader;

    private final Source source;
    private final String path;
    private final AtomicReference<Classes.@Nullable Known> decided = new AtomicReference<>();
    private final AtomicReference<@Nullable Optional<Outline>> outline = new AtomicReference<>();
    private final AtomicReference<@Nullable Reading> reading = new AtomicReference<>();

    /**
     * What was read.
     *
     * @param stamp what tells the file from later ones; null if it does not
     * @param content the content; null if a kept summary was taken by the stamp
     */
    private record Reading(
            @Nullable FileStamp stamp, @Nullable Content content) {}

    /**
     * Makes it without a look at the file.
     *
     * @param name the internal name of the class
     * @param loader the class loader that finds it; not kept alive
     * @param source what it lies in
     * @param path its path in that
     */
    ClassFile(String name, WeakReference<ClassLoader> loader, Source source, String path) {
        this.name = name;
        this.loader = loader;
        this.source = source;
        this.path = path;
    }

    Source source() {
        return source;
    }

    /** Returns whether both are the same file. */
    boolean isAt(ClassFile other) {
        return source.root().equals(other.source.root()) && path.equals(other.path);
    }

    /** Returns what is known of it as a class of the user. */
    Classes.Known user() {
        Classes.Known known = decided.get();
        if (known == null) {
            Classes.Known found = decide();
            known = decided.compareAndSet(null, found) ? found : decided.get();
        }
        return Objects.requireNonNull(known);
    }

    private Classes.Known decide() {
        try {
            ClassSummary summary = read(ClassForm.SUMMARY);
            return summary.name().equals(name)
                    ? new Classes.User(summary)
                    : new Classes.Opaque(binaryName() + " has no class file", ThisProcess.NUMBER);
        } catch (RebuiltException e) {
            return rebuilt();
        } catch (ClassFileException e) {
            return new Classes.Opaque(binaryName() + " cannot be analysed: " + e.getMessage(), source.digest());
        } catch (IOException e) {
            return new Classes.Opaque(binaryName() + " cannot be read: " + e, ThisProcess.NUMBER);
        }
    }

    /** Returns what stands for a class whose code is not that of its file. */
    Classes.Opaque rebuilt() {
        return new Classes.Opaque(binaryName() + " was rebuilt while the program ran", ThisProcess.NUMBER);
    }

    /** Returns what is known of it as a class of somebody else; empty if it cannot be read. */
    Optional<Outline> outline() {
        Optional<Outline> known = outline.get();
        if (known == null) {
            Optional<Outline> found = findOutline();
            known = outline.compareAndSet(null, found) ? found : outline.get();
        }
        return Objects.requireNonNull(known);
    }

    private Optional<Outline> findOutline() {
        try {
            Outline found = read(ClassForm.OUTLINE);
            return found.name().equals(name) ? Optional.of(found) : Optional.empty();
        } catch (RebuiltException | ClassFileException | IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether the file was changed since the class may have been loaded. */
    boolean isRebuilt() {
        try {
            return source.isRebuilt(source.stamp(path));
        } catch (IOException e) {
            return true;
        }
    }

    /** Loads the class, and returns whether its file is still what was read. */
    boolean isLoadedAsRead() {
        ClassLoader own = loader.get();
        if (own != null) {
            Loading.of(name, own);
        }
        Reading was = reading.get();
        try {
            FileStamp now = source.stamp(path);
            if (was == null || source.isRebuilt(now)) {
                return false;
            }
            // two writes may bear the same time if they are close to each other: then the content tells
            return (was.stamp() != null && was.stamp().isSame(now))
                    || (was.content() != null && was.content().digest().equals(new Content(bytes()).digest()));
        } catch (IOException | RebuiltException e) {
            return false;
        }
    }

    private <T> T read(ClassForm<T> form) throws IOException, ClassFileException, RebuiltException {
        FileStamp stamp = source.stamp(path);
        Optional<T> kept = source.pack().find(form, path, stamp);
        if (kept.isPresent()) {
            checkNotRebuilt(stamp);
            reading.compareAndSet(null, new Reading(stamp, null));
            return kept.get();
        }
        long start = FileStamp.now();
        byte[] bytes = bytes();
        Content content = new Content(bytes);
        Optional<T> same = source.pack().find(form, path, content);
        T read = same.isPresent() ? same.get() : form.parse(bytes);
        // after the reading, since it may happen meanwhile
        FileStamp after = source.stamp(path);
        checkNotRebuilt(after);
        boolean telling = stamp != null && stamp.isSame(after) && stamp.isTelling(start);
        reading.compareAndSet(null, new Reading(telling ? stamp : null, content));
        source.pack().put(form, path, PackEntry.read(telling ? stamp : null, content, read));
        return read;
    }

    private void checkNotRebuilt(@Nullable FileStamp stamp) throws RebuiltException {
        if (source.isRebuilt(stamp)) {
            throw new RebuiltException();
        }
    }

    private byte[] bytes() throws IOException, RebuiltException {
        if (source.kind() == Place.Kind.JAR && path.indexOf('#') < 0) {
            return source.inJar(path);
        }
        ClassLoader own = loader.get();
        URL url = own == null ? null : own.getResource(name + ".class");
        if (url == null) {
            throw new FileNotFoundException(path);
        }
        URLConnection connection = url.openConnection();
        // a jar that stays open is the old one after it was replaced
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            if (source.kind() == Place.Kind.OTHER) {
                long modified = TimeUnit.MILLISECONDS.toNanos(connection.getLastModified());
                checkNotRebuilt(new FileStamp(0, modified, 0, 0, 0));
            }
            return in.readAllBytes();
        }
    }

    private String binaryName() {
        return name.replace('/', '.');
    }

    /** Tells that what was read may not be the code that runs. */
    private static final class RebuiltException extends Exception {

        private static final long serialVersionUID = 1L;
    }
}
