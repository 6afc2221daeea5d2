package dev.fleche;

import org.jspecify.annotations.Nullable;

/**
 * What a body finds on its caller's thread, for one that is started on another: context and class loader. Immutable.
 *
 * @param context the caller's context
 * @param loader the context class loader of the caller's thread
 */
record CallerScope(Context context, @Nullable ClassLoader loader) {

    /** Something that may start a body. */
    interface Task {
        void run() throws Exception;
    }

    /** Returns the scope of a caller on this thread. */
    static CallerScope of(Context context) {
        return new CallerScope(context, Thread.currentThread().getContextClassLoader());
    }

    /** Does something as if this were the caller's thread. */
    void run(Task task) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader loaderBefore = thread.getContextClassLoader();
        Context before = context.enter();
        thread.setContextClassLoader(loader);
        try {
            task.run();
        } finally {
            thread.setContextClassLoader(loaderBefore);
            before.enter();
        }
    }
}
