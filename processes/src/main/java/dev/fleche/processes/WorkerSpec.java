package dev.fleche.processes;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a worker is started with.
 *
 * @param javaHome the JDK or JRE that runs it
 * @param options options of the Java launcher, such as {@code -Xmx1g}
 * @param environment variables that it gets in place of, or in addition to, those of this process
 * @param removed variables of this process that it does not get
 * @param directory its working directory; null for that of this process
 * @param startLimit how long it may take until it is ready, the initializer not counted
 * @param initializer a task that runs before all others; null for none
 * @param output where its output goes
 * @param filter the user's filter of classes, as a pattern of {@link java.io.ObjectInputFilter.Config}; may be empty
 * @param loader the loader by which this process finds the classes of results
 * @param stackBytes the size of the stack of the thread that runs the tasks
 * @param classArchive whether to keep an archive of its classes, which makes the start faster
 */
record WorkerSpec(
        Path javaHome,
        List<String> options,
        Map<String, String> environment,
        Set<String> removed,
        @Nullable Path directory,
        Duration startLimit,
        @Nullable Payload initializer,
        WorkerOutput output,
        String filter,
        ClassLoader loader,
        long stackBytes,
        boolean classArchive) {

    private static final long STACK_BYTES = 8 << 20;

    WorkerSpec {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
        removed = Set.copyOf(removed);
    }

    /**
     * What a worker is to be started with, while it is put together; at first what it gets if nothing else is asked
     * for.
     */
    static final class Draft {

        Path javaHome = Path.of(Objects.requireNonNull(System.getProperty("java.home")));
        final List<String> options = new ArrayList<>();
        final Map<String, String> environment = new HashMap<>();
        final Set<String> removed = new HashSet<>();

        @Nullable
        Path directory;

        Duration startLimit = Duration.ofSeconds(30);

        @Nullable
        Payload initializer;

        WorkerOutput output = WorkerOutput.forward();
        String filter = "";
        ClassLoader loader = contextLoader();
        long stackBytes = STACK_BYTES;
        boolean classArchive = true;

        private static ClassLoader contextLoader() {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return context != null ? context : ClassLoader.getSystemClassLoader();
        }

        WorkerSpec finish() {
            return new WorkerSpec(
                    javaHome,
                    options,
                    environment,
                    removed,
                    directory,
                    startLimit,
                    initializer,
                    output,
                    filter,
                    loader,
                    stackBytes,
                    classArchive);
        }
    }

    /** Returns a codec for tasks and results, as the worker has one. */
    TaskCodec codec() {
        return new TaskCodec(loader, TaskCodec.filter(filter));
    }
}
