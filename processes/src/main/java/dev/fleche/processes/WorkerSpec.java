package dev.fleche.processes;

import java.nio.file.Path;
import java.time.Duration;
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

    /** Returns what a worker gets if nothing else is asked for. */
    static WorkerSpec standard() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = context != null ? context : ClassLoader.getSystemClassLoader();
        return new WorkerSpec(
                Path.of(Objects.requireNonNull(System.getProperty("java.home"))),
                List.of(),
                Map.of(),
                Set.of(),
                null,
                Duration.ofSeconds(30),
                null,
                WorkerOutput.forward(),
                "",
                loader,
                STACK_BYTES,
                true);
    }

    WorkerSpec withOptions(List<String> all) {
        return new WorkerSpec(
                javaHome,
                all,
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

    WorkerSpec withEnvironment(Map<String, String> added, Set<String> without) {
        return new WorkerSpec(
                javaHome,
                options,
                added,
                without,
                directory,
                startLimit,
                initializer,
                output,
                filter,
                loader,
                stackBytes,
                classArchive);
    }

    WorkerSpec withDirectory(@Nullable Path other) {
        return new WorkerSpec(
                javaHome,
                options,
                environment,
                removed,
                other,
                startLimit,
                initializer,
                output,
                filter,
                loader,
                stackBytes,
                classArchive);
    }

    WorkerSpec withStartLimit(Duration limit) {
        return new WorkerSpec(
                javaHome,
                options,
                environment,
                removed,
                directory,
                limit,
                initializer,
                output,
                filter,
                loader,
                stackBytes,
                classArchive);
    }

    WorkerSpec withInitializer(@Nullable Payload task) {
        return new WorkerSpec(
                javaHome,
                options,
                environment,
                removed,
                directory,
                startLimit,
                task,
                output,
                filter,
                loader,
                stackBytes,
                classArchive);
    }

    WorkerSpec withOutput(WorkerOutput other) {
        return new WorkerSpec(
                javaHome,
                options,
                environment,
                removed,
                directory,
                startLimit,
                initializer,
                other,
                filter,
                loader,
                stackBytes,
                classArchive);
    }

    WorkerSpec withFilter(String pattern) {
        return new WorkerSpec(
                javaHome,
                options,
                environment,
                removed,
                directory,
                startLimit,
                initializer,
                output,
                pattern,
                loader,
                stackBytes,
                classArchive);
    }

    WorkerSpec withJavaHome(Path home) {
        return new WorkerSpec(
                home,
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

    WorkerSpec withStackBytes(long bytes) {
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
                bytes,
                classArchive);
    }

    WorkerSpec withClassArchive(boolean wanted) {
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
                wanted);
    }

    /** Returns a codec for tasks and results, as the worker has one. */
    TaskCodec codec() {
        return new TaskCodec(loader, TaskCodec.filter(filter));
    }
}
