package dev.fleche.processes;

import dev.fleche.testing.FlecheExecutorContract;
import java.util.concurrent.ExecutorService;

class WrappedProcessPoolTest extends FlecheExecutorContract {

    @Override
    protected ExecutorService create() {
        return ProcessPool.of(1);
    }
}
