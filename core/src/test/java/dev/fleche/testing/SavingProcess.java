package dev.fleche.testing;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Option;
import dev.fleche.annotation.CodeKey;
import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import dev.fleche.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A process that makes memoised calls as it is told to, and says what came of each.
 *
 * <p>Argument and result of its function are both too large for a record. Not thread-safe.
 */
public final class SavingProcess implements AutoCloseable {

    private static final int ARGUMENT_BYTES = 5000;
    private static final int RESULT_BYTES = 150_000;
    private static final int WORDS = 4;
    private static final String THREAD = "thread ";
    /** The exit code after the signal number 9. */
    private static final int KILLED = 128 + 9;

    /** Which of its results the function computes. */
    private static volatile int generation = 1;

    private final ChildJvm child = ChildJvm.running(SavingProcess.class)
            // what it looks up about its own limits would be counted among its system calls
            .withOptions("-XX:-UseContainerSupport", "-XX:+UseSerialGC")
            .start();

    private int orders;

    /**
     * A call to be made.
     *
     * @param name the function's name
     * @param number the number of its argument
     * @param generation which result the function computes, should it run
     * @param rerun whether it runs in any case
     */
    public record Order(String name, int number, int generation, boolean rerun) {}

    /**
     * What came of a call.
     *
     * @param result {@code right} or {@code wrong}; {@code refused} if there was no cache to ask
     * @param warnings what was warned of between the opening and the closing of the cache
     */
    public record Answer(String result, List<String> warnings) {}

    /** Returns the id of the process. */
    public long pid() {
        return child.pid();
    }

    /** Returns the id of the thread that makes the calls. */
    public long thread() {
        return Long.parseLong(child.awaitLine(THREAD).substring(THREAD.length()));
    }

    /** Opens a cache, makes a call, closes the cache, and returns what came of it. */
    public Answer make(Order order, CacheConfig config) {
        int number = begin(order, config, "");
        child.awaitLine(number + " closed");
        String result = find(number + " result ").get(0);
        return new Answer(result, find(number + " warned "));
    }

    /**
     * Does the same with nobody waiting for the outcome, and returns whether the call returned before the process was
     * killed; the process ends in any case.
     */
    public boolean makeLast(Order order, CacheConfig config) {
        int number = begin(order, config, "\nend");
        int exitCode = child.exitCode();
        List<String> results = find(number + " result ");
        boolean isExpected = (exitCode == 0 || exitCode == KILLED) && !results.contains("wrong");
        if (!isExpected || results.contains("refused")) {
            throw new AssertionError("exit code " + exitCode + " after\n" + String.join("\n", child.lines()));
        }
        return !results.isEmpty();
    }

    /** Returns whether the process was killed. */
    public boolean wasKilled() {
        return child.exitCode() == KILLED;
    }

    private int begin(Order order, CacheConfig config, String end) {
        orders++;
        StringBuilder line = new StringBuilder();
        line.append(orders).append('\t').append(order.name()).append('\t').append(order.number());
        line.append('\t').append(order.generation()).append('\t').append(order.rerun());
        line.append('\t').append(config.type());
        config.options()
                .forEach((name, value) ->
                        line.append('\t').append(name).append('=').append(value));
        child.send(line.append(end).toString());
        return orders;
    }

    private List<String> find(String start) {
        return child.lines().stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    @Override
    public void close() {
        child.close();
    }

    /** Returns the function of that name, on {@code cache}. */
    public static Memo1<byte[], byte[]> function(String name, Cache cache) {
        return Fleche.of(SavingProcess::compute, Option.name(name), Option.codeKey(CodeKey.NONE))
                .in(cache);
    }

    /** Makes a call in this process. */
    public static byte[] make(Order order, Cache cache) {
        generation = order.generation();
        Memo1<byte[], byte[]> function = function(order.name(), cache);
        byte[] argument = argument(order.number());
        return order.rerun() ? function.rerun(argument) : function.apply(argument);
    }

    /** Returns the argument of that number. */
    public static byte[] argument(int number) {
        return noise(number, ARGUMENT_BYTES);
    }

    /** Returns the result for the argument of that number. */
    public static byte[] result(int number, int generation) {
        return noise(number * 1000L + generation, RESULT_BYTES);
    }

    private static byte[] compute(byte[] argument) {
        int number = 0;
        while (!Arrays.equals(argument, argument(number))) {
            number++;
        }
        return result(number, generation);
    }

    private static byte[] noise(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Makes the calls that it is told on its input to make. */
    public static void main(String[] arguments) throws IOException {
        // Linux has its number in no Java interface, and in the name of a file
        System.out.println(THREAD + Path.of("/proc/thread-self").toRealPath().getFileName());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = next(input); line != null && !line.equals("end"); line = next(input)) {
            answer(line.split("\t"));
        }
    }

    private static @Nullable String next(BufferedReader input) throws IOException {
        try {
            return input.readLine();
        } catch (IOException e) {
            // a failure that was meant for a file: reading goes on where it was
            return input.readLine();
        }
    }

    private static void answer(String[] words) {
        Order order =
                new Order(words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]), words[4].equals("true"));
        CacheConfig config = CacheConfig.of(words[WORDS + 1]);
        for (String option : List.of(words).subList(WORDS + 2, words.length)) {
            int equals = option.indexOf('=');
            config = config.with(option.substring(0, equals), option.substring(equals + 1));
        }
        LogRecords log = new LogRecords("dev.fleche");
        try (Cache cache = Cache.open(config)) {
            boolean right = Arrays.equals(make(order, cache), result(order.number(), order.generation()));
            System.out.println(words[0] + " result " + (right ? "right" : "wrong"));
        } catch (StorageException e) {
            System.out.println(words[0] + " result refused");
            System.out.println(words[0] + " why " + e.getMessage());
        }
        log.warnings().forEach(warning -> System.out.println(words[0] + " warned " + warning));
        log.close();
        System.out.println(words[0] + " closed");
    }
}
