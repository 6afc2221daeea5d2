package dev.fleche.storage;

/** The files of a store that survives power failures, as far as a test can tell: in the same way as those of others. */
class DurableFileStorageTest extends FileStorageTest {

    @Override
    protected CacheConfig config() {
        return super.config().with(CacheConfig.DURABILITY, "durable");
    }

    @Override
    protected int kills() {
        return 3;
    }
}
