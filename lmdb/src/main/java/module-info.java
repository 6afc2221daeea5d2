/** Caches in LMDB. */
@SuppressWarnings("requires-automatic") // LMDB's binding has no module description
module dev.fleche.lmdb {
    requires transitive dev.fleche;
    requires lmdbjava;
    requires org.jnrproject.ffi;
    requires static transitive org.jspecify;

    exports dev.fleche.lmdb;

    provides dev.fleche.storage.StorageProvider with
            dev.fleche.lmdb.LmdbProvider;
}
