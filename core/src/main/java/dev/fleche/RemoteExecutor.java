package dev.fleche;

import java.util.concurrent.ExecutorService;

/**
 * An executor whose tasks run in other processes.
 *
 * <p>Tasks and results are serialized. Under {@code Fleche.wrap}, a call whose cache cannot be opened by another
 * process is looked up and stored on the side that submits it.
 */
public interface RemoteExecutor extends ExecutorService {}
