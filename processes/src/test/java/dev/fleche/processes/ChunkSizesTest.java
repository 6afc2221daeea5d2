package dev.fleche.processes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChunkSizesTest {

    @Test
    void aFixedSizeStays() {
        ChunkSizes sizes = ChunkSizes.fixed(5);
        sizes.took(5, 1);

        assertThat(sizes.next()).isEqualTo(5);
    }

    @Test
    void chunksGrowUntilTheyTakeSomeMilliseconds() {
        ChunkSizes sizes = ChunkSizes.measured(Long.MAX_VALUE, 2);
        int size = sizes.next();
        for (int i = 0; i < 20; i++) {
            sizes.took(size, size * 10_000L);
            size = sizes.next();
        }

        assertThat(size).isBetween(200, 800);
    }

    @Test
    void longElementsTravelAlone() {
        ChunkSizes sizes = ChunkSizes.measured(1000, 2);
        sizes.took(1, 50_000_000);

        assertThat(sizes.next()).isEqualTo(1);
    }

    @Test
    void theLastChunksAreSmall() {
        ChunkSizes sizes = ChunkSizes.measured(10_000, 2);
        int size = sizes.next();
        for (int i = 0; i < 20; i++) {
            sizes.took(size, size);
        }
        int before = 0;
        for (int left = 9_999; left > 0; left -= before) {
            before = sizes.next();
        }

        assertThat(before).isEqualTo(1);
    }
}
