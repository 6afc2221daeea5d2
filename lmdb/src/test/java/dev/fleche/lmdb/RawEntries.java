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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.lmdbjava.ByteArrayProxy;
import org.lmdbjava.Cursor;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/**
 * A process that reads and writes entries of LMDB as it is told to, with nothing but LMDB, behind the back of whoever
 * has the store open. Not thread-safe.
 */
public final class RawEntries implements AutoCloseable {

    private static final HexFormat HEX = HexFormat.of();
    private static final int MAX_DATABASES = 8;

    private final ChildJvm child;
    private int orders;

    private RawEntries(ChildJvm child) {
        this.child = child;
    }

    /** Opens the entries of a store. */
    static RawEntries of(Path store) {
        return new RawEntries(ChildJvm.start(RawEntries.class, store.resolve("lmdb")));
    }

    /** Changes the entry of {@code key}, which is there. */
    static void change(Path store, Area area, byte[] key, UnaryOperator<byte[]> change) {
        try (RawEntries entries = of(store)) {
            entries.put(area, key, change.apply(entries.get(area, key)));
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

    /** Returns all keys. */
    List<byte[]> keys(Area area) {
        return Arrays.stream(ask("keys", area, "").split(","))
                .filter(key -> !key.isEmpty())
                .map(HEX::parseHex)
                .toList();
    }

    /** Returns the entry of {@code key}, which is there. */
    byte[] get(Area area, byte[] key) {
        return HEX.parseHex(ask("get", area, HEX.formatHex(key)));
    }

    void put(Area area, byte[] key, byte[] entry) {
        ask("put", area, HEX.formatHex(key) + " " + HEX.formatHex(entry));
    }

    private String ask(String what, Area area, String arguments) {
        orders++;
        child.send(orders + " " + what + " " + area + " " + arguments);
        String answer = orders + " answer ";
        return child.awaitLine(answer).substring(answer.length());
    }

    @Override
    public void close() {
        child.close();
    }

    public static void main(String[] arguments) throws IOException {
        NativeLibrary.require();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (Env<byte[]> env = Env.create(ByteArrayProxy.PROXY_BA)
                .setMapSize(0)
                .setMaxDbs(MAX_DATABASES)
                .open(Path.of(arguments[0]).toFile(), EnvFlags.MDB_NOTLS, EnvFlags.MDB_NOSYNC)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                Dbi<byte[]> database = env.openDbi(words[2].getBytes(StandardCharsets.US_ASCII), new DbiFlags[0]);
                try (Txn<byte[]> txn = env.txnWrite()) {
                    System.out.println(words[0] + " answer " + answer(words, database, txn));
                }
            }
        }
    }

    private static String answer(String[] words, Dbi<byte[]> database, Txn<byte[]> txn) {
        switch (words[1]) {
            case "get" -> {
                return HEX.formatHex(database.get(txn, HEX.parseHex(words[3])));
            }
            case "put" -> {
                database.put(txn, HEX.parseHex(words[3]), HEX.parseHex(words[4]));
                txn.commit();
                return "";
            }
            default -> {
                List<String> keys = new ArrayList<>();
                try (Cursor<byte[]> cursor = database.openCursor(txn)) {
                    while (cursor.next()) {
                        keys.add(HEX.formatHex(cursor.key()));
                    }
                }
                return String.join(",", keys);
            }
        }
    }
}
