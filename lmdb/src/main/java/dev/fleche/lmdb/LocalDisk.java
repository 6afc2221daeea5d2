package dev.fleche.lmdb;

import dev.fleche.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Whether a directory is on a disk of this machine, as LMDB needs it: it shares memory through its files. */
final class LocalDisk {

    private static final Set<String> NETWORK = Set.of(
            "9p",
            "acfs",
            "afpfs",
            "afs",
            "beegfs",
            "ceph",
            "cifs",
            "coda",
            "davfs",
            "drvfs",
            "fhgfs",
            "gfs2",
            "glusterfs",
            "gpfs",
            "lustre",
            "ncpfs",
            "ncp",
            "nfs",
            "nfs3",
            "nfs4",
            "ocfs2",
            "orangefs",
            "osxfs",
            "panfs",
            "prl_fs",
            "pvfs2",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "sshfs",
            "vboxsf",
            "vmhgfs",
            "wekafs",
            "webdav");

    /** Local ones behind fuse; any other program may be the client of a network. */
    private static final Set<String> LOCAL_FUSE = Set.of(
            "fuse.lxcfs",
            "fuse.ntfs",
            "fuse.ntfs-3g",
            "fuse.exfat",
            "fuse.fuse-overlayfs",
            "fuse.gocryptfs",
            "fuse.encfs",
            "fuse.mergerfs",
            "fuse.bindfs",
            "fuse.zfs");

    private LocalDisk() {}

    /**
     * Fails if {@code directory}, which need not exist, is not on a disk of this machine.
     *
     * @throws StorageException if so
     */
    static void require(Path directory) {
        Path existing = directory.toAbsolutePath().normalize();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        String type;
        try {
            type = Files.getFileStore(existing).type();
        } catch (IOException e) {
            // who opens the directory says what is wrong with it
            return;
        }
        require(directory, existing.toString().startsWith("\\\\") ? "smb" : type);
    }

    static void require(Path directory, String type) {
        if (isNetwork(type)) {
            throw new StorageException("expected a directory on a local disk for LMDB, found " + directory
                    + " on a file system of type " + type
                    + ", where its processes would not see each other; use Cache.files, which may be there");
        }
    }

    /** Returns whether a file system of that type belongs to a network or to another machine. */
    static boolean isNetwork(String type) {
        String name = type.toLowerCase(Locale.ROOT);
        return NETWORK.contains(name) || (name.startsWith("fuse.") && !LOCAL_FUSE.contains(name));
    }
}
