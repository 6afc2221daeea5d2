package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.codec.Value;
import dev.fleche.record.Lookup;
import dev.fleche.testing.Samples;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VoidStoragesTest {

    private final Storages storages = VoidStorages.open();

    @Test
    void nothingIsKept() {
        Value value = Samples.value(1, 10);

        storages.values().put(value);
        storages.calls().replace(Samples.record(1));

        assertThat(storages.values().find(value.address())).isEqualTo(Lookup.absent());
        assertThat(storages.values().contains(value.address())).isFalse();
        assertThat(storages.values().addresses()).isEmpty();
        assertThat(storages.calls().find(Samples.key(1))).isEqualTo(Lookup.absent());
        assertThat(storages.calls().contains(Samples.key(1))).isFalse();
        assertThat(storages.calls().records()).isEmpty();
    }

    @Test
    void nobodyIsEverFirst() {
        assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();
        assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();
    }

    @Test
    void closingEndsNothing() {
        storages.values().close();
        storages.calls().close();
        storages.calls().admit(Samples.key(1), Set.of()).close();

        assertThat(storages.calls().putIfAbsent(Samples.record(1))).isTrue();
    }
}
