package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.MetCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownCodeTest {

    private static final List<Class<?>> CLASSES = List.of(
            String.class,
            Integer.class,
            Long.class,
            Short.class,
            Byte.class,
            Double.class,
            Float.class,
            Boolean.class,
            Character.class,
            Object.class,
            Number.class);

    private final KnownCode known = new KnownCode();
    private final CallCode code =
            Fleche.of(KnownCodeTest::twice).profile().code().code(null, MetCode.NONE);

    static double twice(double x) {
        return 2 * x;
    }

    static double thrice(double x) {
        return 3 * x;
    }

    @Test
    void manyCombinationsOfClassesAreKnownAtOnce() {
        for (int mask = 1; mask <= 1000; mask++) {
            known.add(null, met(mask), code);
        }

        for (int mask = 1; mask <= 1000; mask++) {
            assertThat(known.find(null, met(mask))).isSameAs(code);
        }
        assertThat(known.find(String.class, met(1))).isNull();
    }

    @Test
    void whatWasAskedForLongestAgoIsForgotten() {
        for (int mask = 1; mask <= 1024; mask++) {
            known.add(null, met(mask), code);
        }
        known.find(null, met(1));

        known.add(null, met(1025), code);

        assertThat(known.find(null, met(1))).isSameAs(code);
        assertThat(known.find(null, met(2))).isNull();
        assertThat(known.find(null, met(1025))).isSameAs(code);
    }

    @Test
    void theCodeOfOneClassIsNotTakenForThatOfAnother() {
        CallCode other = Fleche.of(KnownCodeTest::thrice).profile().code().code(null, MetCode.NONE);
        for (Class<?> each : CLASSES) {
            known.add(null, new MetCode(Set.of(each), Set.of()), code);
            known.add(String.class, new MetCode(Set.of(each), Set.of()), other);
        }

        for (int round = 0; round < 3; round++) {
            for (Class<?> each : CLASSES) {
                MetCode met = new MetCode(Set.of(each), Set.of());
                assertThat(known.find(null, met)).isSameAs(code);
                assertThat(known.find(String.class, met)).isSameAs(other);
                assertThat(known.find(Object.class, met)).isNull();
                assertThat(known.find(null, new MetCode(Set.of(each, Runnable.class), Set.of())))
                        .isNull();
            }
        }
    }

    private static MetCode met(int mask) {
        Set<Class<?>> classes = new HashSet<>();
        for (int i = 0; i < CLASSES.size(); i++) {
            if ((mask >> i & 1) != 0) {
                classes.add(CLASSES.get(i));
            }
        }
        return new MetCode(classes, Set.of());
    }
}
