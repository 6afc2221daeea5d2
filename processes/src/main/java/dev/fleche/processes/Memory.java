package dev.fleche.processes;

/** What to tell a user whose worker has run out of memory. */
final class Memory {

    private Memory() {}

    /** Returns the same error with the size of the heap and the way out. */
    static OutOfMemoryError explained(OutOfMemoryError error) {
        OutOfMemoryError explained = new OutOfMemoryError(error.getMessage() + ": the worker has a heap of "
                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB; give it more with the option -Xmx of the pool's"
                + " workers, or run fewer workers");
        explained.setStackTrace(error.getStackTrace());
        return explained;
    }
}
