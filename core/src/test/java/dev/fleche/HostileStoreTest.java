package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.cache.Cache;
import dev.fleche.cache.KeyedCall;
import dev.fleche.cache.PreparedCall;
import dev.fleche.codec.Codecs;
import dev.fleche.codec.TypeContext;
import dev.fleche.codec.Value;
import dev.fleche.digest.Digest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound records with hostile content: whoever may write to the directory chooses no class and no allocation. */
class HostileStoreTest {

    private static final AtomicBoolean LOADED = new AtomicBoolean();
    private static final AtomicInteger RUNS = new AtomicInteger();

    @TempDir
    Path directory;

    /** A class whose loading, construction or reading would show. */
    record Gadget(String command) {
        static {
            LOADED.set(true);
        }

        Gadget {
            LOADED.set(true);
        }
    }

    enum Trigger {
        PULLED;

        static {
            LOADED.set(true);
        }
    }

    static Map<String, Object> settings(String name) {
        RUNS.incrementAndGet();
        return Map.of("name", name);
    }

    static List<String> names(String name) {
        RUNS.incrementAndGet();
        return List.of(name);
    }

    private static final Memo1<String, Map<String, Object>> SETTINGS = Fleche.of(HostileStoreTest::settings);
    private static final Memo1<String, List<String>> NAMES = Fleche.of(HostileStoreTest::names);

    @BeforeEach
    void reset() {
        RUNS.set(0);
        LOADED.set(false);
    }

    /** Files a value as the result of a call, with every check sum right. */
    private static void plant(Cache cache, Memo1<String, ?> memo, String argument, Value value) {
        Digest key = memo.digest(argument);
        KeyedCall call = new KeyedCall(
                key,
                memo.function(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                TypeContext.empty(),
                0,
                Map.of(),
                true);
        try (PreparedCall prepared = cache.prepare(call)) {
            prepared.commit(
                    value, Optional.empty(), new PreparedCall.Timing(Instant.EPOCH, Instant.EPOCH, Duration.ZERO));
        }
    }

    private static Value encode(Object object, Class<?>... allowed) {
        return Codecs.standard().encode(object, TypeContext.of(null, List.of(), List.of(allowed)), 1 << 20);
    }

    @Test
    void aValueThatNamesAnotherClassLoadsNothingAndIsAMiss() {
        try (Cache cache = Cache.files(directory)) {
            plant(cache, SETTINGS, "a", encode(Map.of("name", new Gadget("rm")), Gadget.class));
            plant(cache, SETTINGS, "b", encode(Map.of("name", Trigger.PULLED), Trigger.class));
            LOADED.set(false);

            assertThat(SETTINGS.in(cache).apply("a")).isEqualTo(Map.of("name", "a"));
            assertThat(SETTINGS.in(cache).apply("b")).isEqualTo(Map.of("name", "b"));

            assertThat(RUNS).hasValue(2);
            assertThat(LOADED).isFalse();
            assertThat(cache.stats().damaged()).isEqualTo(2);
            assertThat(SETTINGS.in(cache).load("a")).isEqualTo(Map.of("name", "a"));
        }
    }

    @Test
    void aValueOfAnotherTypeIsNeverReturned() {
        try (Cache cache = Cache.files(directory)) {
            plant(cache, NAMES, "a", Value.ofEncoded(withName("unknown", new byte[8])));
            plant(cache, NAMES, "b", Value.ofEncoded(withName("fleche", new byte[] {(byte) 0xFE, 1, 2, 3})));

            assertThat(NAMES.in(cache).apply("a")).containsExactly("a");
            assertThat(NAMES.in(cache).apply("b")).containsExactly("b");
            assertThat(RUNS).hasValue(2);
            assertThat(NAMES.in(cache).load("a")).containsExactly("a");
            assertThat(NAMES.in(cache).load("b")).containsExactly("b");
        }
    }

    /** The result type is not in the key: what a function returned before it was changed is found. */
    @Test
    void aResultOfAnotherTypeThanTheDeclaredOneIsAMissAndIsReplaced() {
        try (Cache cache = Cache.files(directory)) {
            plant(cache, NAMES, "a", encode("once it returned a string"));
            plant(cache, NAMES, "b", encode(Map.of("a", 1)));

            assertThat(NAMES.in(cache).apply("a")).containsExactly("a");
            assertThat(NAMES.in(cache).apply("b")).containsExactly("b");

            assertThat(NAMES.in(cache).load("a")).containsExactly("a");
            assertThat(NAMES.in(cache).load("b")).containsExactly("b");
            assertThat(RUNS).hasValue(2);
        }
    }

    @Test
    void hugeLengthsAtEveryPlaceAreMissesOrSmallValues() {
        byte[] sound = encode(List.of("a", "b", "c")).encoded();
        try (Cache cache = Cache.files(directory)) {
            for (int i = Value.HEAD_BYTES; i + 4 <= sound.length; i++) {
                byte[] hostile = sound.clone();
                ByteBuffer.wrap(hostile).order(ByteOrder.LITTLE_ENDIAN).putInt(i, Integer.MAX_VALUE - 8);
                plant(cache, SETTINGS, "x" + i, Value.ofEncoded(hostile));

                assertThat(SETTINGS.in(cache).on("x" + i).call()).isNotNull();
            }
        }
    }

    private static byte[] withName(String codec, byte[] payload) {
        byte[] encoded = new byte[Value.HEAD_BYTES + payload.length];
        byte[] name = codec.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        encoded[0] = (byte) name.length;
        System.arraycopy(name, 0, encoded, 1, name.length);
        encoded[13] = 1;
        System.arraycopy(payload, 0, encoded, Value.HEAD_BYTES, payload.length);
        return encoded;
    }
}
