package dev.fleche.examples;

import java.util.concurrent.Callable;

/** Tries tasks again that fail. Stands for any library that takes a task and has never heard of Fleche. */
final class Retry {

    private int attempts;

    /** Returns the result of {@code task}, which is tried three times. */
    <T> T call(Callable<T> task) throws Exception {
        for (int left = 2; ; left--) {
            attempts++;
            try {
                return task.call();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                if (left == 0) {
                    throw e;
                }
            }
        }
    }

    /** Returns how often a task was tried. */
    int attempts() {
        return attempts;
    }
}
