package dev.fleche.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What is known of file systems that several machines share. */
final class NetworkFiles {

    private static final List<String> TYPES = List.of(
            "nfs",
            "cifs",
            "smb",
            "afs",
            "afpfs",
            "webdav",
            "9p",
            "lustre",
            "gpfs",
            "gluster",
            "ceph",
            "beegfs",
            "orangefs",
            "pvfs",
            "panfs",
            "ocfs",
            "gfs",
            "fuse",
            "vboxsf",
            "prl_fs",
            "virtiofs",
            "drvfs",
            "ncpfs");

    private NetworkFiles() {}

    /** Returns whether {@code directory} is on such a file system, or may be. */
    static boolean isOnNetwork(Path directory) {
        try {
            return isNetwork(Files.getFileStore(directory).type());
        } catch (IOException e) {
            // what cannot be told is treated with more care
            return true;
        }
    }

    static boolean isNetwork(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return TYPES.stream().anyMatch(lower::startsWith) || lower.equals("unc");
    }
}
