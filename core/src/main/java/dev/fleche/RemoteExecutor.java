package dev.fleche;

import java.util.concurrent.ExecutorService;

/**
 * An executor whose tasks run in other processes.
 *
 * <p>Tasks and results are serialized. Under {@code Fleche.wrap}, a call whose cache cannot be opened by another
 * process is looked up and stored on the side that submits it, once the future of the task has ended. A future that is
 * a {@link java.util.concurrent.CompletionStage} tells so; for every other one a thread waits.
 */
public interface RemoteExecutor extends ExecutorService {}
