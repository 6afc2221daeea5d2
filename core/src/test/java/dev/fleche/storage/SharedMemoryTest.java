package dev.fleche.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SharedMemoryTest {

    @Test
    void theLimitIsAnEighthOfTheHeapUnlessAskedFor() {
        assertThat(SharedMemory.limit(null, 8000)).isEqualTo(1000);
        assertThat(SharedMemory.limit(" 5 ", 8000)).isEqualTo(5);
        assertThat(SharedMemory.limit("0", 8000)).isZero();
    }

    @Test
    void aLimitThatIsNoNumberOfBytesIsRefused() {
        assertThatThrownBy(() -> SharedMemory.limit("1g", 8000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected a number of bytes in the system property dev.fleche.memory.maxBytes, found \"1g\"");
        assertThatThrownBy(() -> SharedMemory.limit("-1", 8000)).isInstanceOf(IllegalArgumentException.class);
    }
}
