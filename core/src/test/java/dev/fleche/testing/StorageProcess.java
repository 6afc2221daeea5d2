package dev.fleche.testing;

import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import dev.fleche.record.CallRecord;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.KeyLock;
import dev.fleche.storage.StorageProviders;
import dev.fleche.storage.Storages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A process that uses storages as its arguments say: a task, its numbers, and the configuration. */
public final class StorageProcess {

    private static final int LARGE = 10_000;

    private StorageProcess() {}

    /** Returns a launch of {@code task} on the storages of {@code config}. */
    static ChildJvm.Launch launch(CacheConfig config, String task, Object... numbers) {
        List<Object> arguments =
                new ArrayList<>(List.of(task, config.type(), config.options().size()));
        config.options().forEach((name, value) -> arguments.addAll(List.of(name, value)));
        arguments.addAll(List.of(numbers));
        return ChildJvm.running(StorageProcess.class, arguments.toArray());
    }

    /** Runs one of {@code store}, {@code flood}, {@code race}, {@code hold}, {@code probe} and {@code count}. */
    public static void main(String[] arguments) throws IOException {
        CacheConfig config = CacheConfig.of(arguments[1]);
        int next = 3;
        for (int option = Integer.parseInt(arguments[2]); option > 0; option--, next += 2) {
            config = config.with(arguments[next], arguments[next + 1]);
        }
        Storages storages = StorageProviders.open(config);
        long from = Long.parseLong(arguments[next]);
        long to = Long.parseLong(arguments[next + 1]);
        switch (arguments[0]) {
            case "store" -> store(storages, from, to);
            case "flood" -> flood(storages, from, to);
            case "race" -> race(storages, from, to);
            case "hold" -> hold(storages, from, to);
            case "probe" -> probe(storages, from, to);
            case "count" -> count(storages, from, to);
            default -> throw new IllegalArgumentException("unknown task " + arguments[0]);
        }
        // no close and no shutdown hooks: what was stored must not need them
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Returns the result of the call number {@code number}: small, or up to a few chunks long. */
    static Value result(long number) {
        return Samples.value(number, (int) (number % 7 * LARGE * 3));
    }

    /** Returns the record of the call number {@code number}, whose result is in the value storage. */
    static CallRecord record(long number) {
        return Samples.record(number, result(number));
    }

    private static void store(Storages storages, long from, long to) {
        for (long number = from; number < to; number++) {
            storages.values().put(result(number));
            storages.calls().putIfAbsent(record(number));
        }
    }

    /** Stores, and says so after each call. */
    private static void flood(Storages storages, long from, long to) {
        for (long number = from; number < to; number++) {
            storages.calls().admit(Samples.key(number), record(number).addresses());
            storages.values().put(result(number));
            storages.calls().putIfAbsent(record(number));
            storages.calls().replace(record(number));
            System.out.println("stored " + number + ".");
        }
    }

    /** Tries to be the first for each number, as soon as it is told to, and says for which it was. */
    private static void race(Storages storages, long from, long to) throws IOException {
        System.out.println("ready");
        if (System.in.read() < 0) {
            throw new IOException("nobody fired the gun");
        }
        String writer = "process " + ProcessHandle.current().pid();
        for (long number = from; number < to; number++) {
            if (storages.calls().putIfAbsent(Samples.record(number, writer))) {
                System.out.println("won " + number);
            }
        }
    }

    /** Locks keys, says so, and holds the locks until it is told to give them up, or is killed. */
    private static void hold(Storages storages, long from, long to) throws IOException {
        List<KeyLock> locks = new ArrayList<>();
        for (long number = from; number < to; number++) {
            locks.add(storages.locks().tryLock(Samples.key(number)).orElseThrow());
        }
        System.out.println("holding");
        System.in.read();
        locks.forEach(KeyLock::close);
        System.out.println("gave up");
        System.in.read();
    }

    /** Says which keys are locked by others, and goes on to do so for each line of its input. */
    private static void probe(Storages storages, long from, long to) throws IOException {
        do {
            List<Long> held = new ArrayList<>();
            for (long number = from; number < to; number++) {
                Optional<KeyLock> lock = storages.locks().tryLock(Samples.key(number));
                lock.ifPresentOrElse(KeyLock::close, held(held, number));
            }
            System.out.println("held " + held);
        } while (System.in.read() >= 0);
    }

    private static Runnable held(List<Long> held, long number) {
        return () -> held.add(number);
    }

    /** Counts in the record of key 0, which only its lock keeps from losing counts. */
    private static void count(Storages storages, long from, long to) {
        Digest key = Samples.key(0);
        for (long number = from; number < to; number++) {
            Optional<KeyLock> lock = storages.locks().tryLock(key);
            while (lock.isEmpty()) {
                LockSupport.parkNanos(50_000);
                lock = storages.locks().tryLock(key);
            }
            CallRecord record = Samples.found(storages.calls().find(key));
            int next = Integer.parseInt(record.tags().get("writer")) + 1;
            storages.calls().replace(Samples.record(0, Integer.toString(next)));
            lock.get().close();
        }
    }
}
