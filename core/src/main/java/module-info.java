/** A persistent, content-addressed memory for expensive, pure function calls. */
@SuppressWarnings("module") // modules that are built after this one are not known yet
module dev.fleche {
    requires com.github.benmanes.caffeine;
    requires org.objectweb.asm;
    requires static java.management;
    requires static transitive org.jspecify;

    exports dev.fleche;
    exports dev.fleche.annotation;
    exports dev.fleche.cache;
    exports dev.fleche.code to
            dev.fleche.processes;
    exports dev.fleche.codec;
    exports dev.fleche.digest;
    exports dev.fleche.record;
    exports dev.fleche.storage;
    exports dev.fleche.transport to
            dev.fleche.processes;

    uses dev.fleche.codec.Codec;
    uses dev.fleche.digest.DigestRule;
    uses dev.fleche.storage.StorageProvider;
}
