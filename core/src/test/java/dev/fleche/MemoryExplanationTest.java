package dev.fleche;

import dev.fleche.storage.CacheConfig;
import dev.fleche.testing.ExplanationContract;

class MemoryExplanationTest extends ExplanationContract {

    @Override
    protected CacheConfig config() {
        return CacheConfig.of("memory");
    }
}
