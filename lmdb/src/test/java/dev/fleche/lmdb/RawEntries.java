package dev.fleche.lmdb;

import dev.fleche.digest.Address;
import dev.fleche.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** A process that changes an entry of LMDB as its input says, with nothing but LMDB. */
public final class RawEntries {

    private static final HexFormat HEX = HexFormat.of();

    private RawEntries() {}

    /** Changes the entry of {@code key}, which is there, behind the back of whoever has the store open. */
    static void change(Path store, Area area, byte[] key, UnaryOperator<byte[]> change) {
        try (ChildJvm child =
                ChildJvm.start(RawEntries.class, store.resolve("lmdb"), area.toString(), HEX.formatHex(key))) {
            byte[] entry = HEX.parseHex(child.awaitLine("entry ").substring(6));
            child.send(HEX.formatHex(change.apply(entry)));
            child.result();
        }
    }

    /** Changes the stored bytes of a value, in LMDB or in its file, behind the back of whoever has the store open. */
    static void changeValue(Path store, Address address, UnaryOperator<byte[]> change) {
        String hex = address.toString();
        Path file = store.resolve("values").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
        if (!Files.exists(file)) {
            change(store, Area.VALUES, address.sha256().toBytes(), change);
            return;
        }
        try {
            Files.write(file, change.apply(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] arguments) throws IOException {
        NativeLibrary.require();
        try (Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(0)
                .setMaxDbs(2)
                .open(Path.of(arguments[0]).toFile(), EnvFlags.MDB_NOTLS)) {
            byte[] key = HEX.parseHex(arguments[2]);
            Dbi<byte[]> database = env.openDbi(arguments[1].getBytes(StandardCharsets.US_ASCII), new DbiFlags[0]);
            try (Txn<byte[]> txn = env.txnWrite()) {
                System.out.println("entry " + HEX.formatHex(database.get(txn, key)));
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
                database.put(txn, key, HEX.parseHex(in.readLine()));
                txn.commit();
            }
        }
    }
}
