package dev.fleche.code;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Optional;
import org.objectweb.asm.ClassReader;

/** What has made a pack: only the same may read it. */
final class PackMaker {

    private static final int FORMAT = 3;

    /** The versions of all that decides about the content of a pack. */
    static final String NAME =
            "fleche code, format " + FORMAT + ", rules " + ClassSummaries.RULES + ", asm " + asm() + built();

    private PackMaker() {}

    private static String asm() {
        ModuleDescriptor module = ClassReader.class.getModule().getDescriptor();
        Optional<String> ofModule = module == null ? Optional.empty() : module.rawVersion();
        if (ofModule.isPresent()) {
            return ofModule.get();
        }
        Package owner = ClassReader.class.getPackage();
        String version = owner == null ? null : owner.getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** A build in a directory has no version of its own: while we are being worked on, the rules may change unseen. */
    private static String built() {
        URL url = PackMaker.class.getResource("PackMaker.class");
        if (url == null || !url.getProtocol().equals("file")) {
            return "";
        }
        File[] files = new File(url.getPath()).getAbsoluteFile().getParentFile().listFiles();
        long last = 0;
        for (File file : files == null ? new File[0] : files) {
            last = Math.max(last, file.lastModified());
        }
        return ", built " + last;
    }
}
