package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller may do with a collection that was encoded, he may do with the one that comes back. */
class CallerTest {

    static Stream<Collection<?>> collectionsThatMayBeAskedForNull() {
        return Stream.of(
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Collections.unmodifiableList(new ArrayList<>()),
                Stream.of(1, 2).toList(),
                Collections.emptyList(),
                Collections.singletonList(1),
                Collections.nCopies(3, 1),
                Collections.emptySet(),
                Collections.singleton(1),
                Collections.unmodifiableSet(Set.of()),
                new HashMap<>(Map.of(1, 2)).values());
    }

    @ParameterizedTest
    @MethodSource("collectionsThatMayBeAskedForNull")
    void aCollectionThatMayBeAskedForNullStillMay(Collection<?> collection) {
        Collection<?> decoded = (Collection<?>) roundTrip(collection);

        assertThat(decoded.contains(null)).isFalse();
        assertThat(decoded.toArray()).containsExactlyInAnyOrder(collection.toArray());
    }

    @Test
    void aMapThatMayBeAskedForNullStillMay() {
        for (Map<?, ?> map : List.of(Collections.emptyMap(), Collections.singletonMap(1, 2))) {
            Map<?, ?> decoded = (Map<?, ?>) roundTrip(map);

            assertThat(decoded.get(null)).isNull();
            assertThat(decoded.containsValue(null)).isFalse();
            assertThat(decoded).isEqualTo(map);
        }
    }

    @Test
    void whatCanBeChangedStillCan() {
        Map<Object, Object> map = new HashMap<>(Map.of(1, 2));
        Collection<?> values = (Collection<?>) roundTrip(map.values());
        @SuppressWarnings("unchecked")
        Map.Entry<Object, Object> entry =
                (Map.Entry<Object, Object>) roundTrip(map.entrySet().iterator().next());

        assertThat(values.removeIf(value -> true)).isTrue();
        assertThat(entry.setValue(3)).isEqualTo(2);
    }

    @Test
    void theKeysOfAnEnumMapKeepTheirOrder() {
        Set<TimeUnit> keys = new EnumMap<>(
                        Map.of(TimeUnit.DAYS, 1, TimeUnit.NANOSECONDS, 2, TimeUnit.HOURS, 3, TimeUnit.SECONDS, 4))
                .keySet();

        assertThat(roundTrip(keys)).hasToString("[NANOSECONDS, SECONDS, HOURS, DAYS]");
    }

    @Test
    void whatCannotBeChangedStillCannot() {
        for (Collection<Object> collection : List.<Collection<Object>>of(
                List.of(1), Set.of(1), List.of(), Set.of(), Collections.unmodifiableCollection(List.of(1)))) {
            @SuppressWarnings("unchecked")
            Collection<Object> decoded = (Collection<Object>) roundTrip(collection);

            assertThatThrownBy(() -> decoded.add(2)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    private static Object roundTrip(Object value) {
        byte[] encoded =
                Codecs.standard().encode(value, TypeContext.empty(), 1000).encoded();
        Object decoded = Codecs.standard().decode(Value.ofEncoded(encoded.clone()), TypeContext.empty());
        return Objects.requireNonNull(decoded);
    }
}
