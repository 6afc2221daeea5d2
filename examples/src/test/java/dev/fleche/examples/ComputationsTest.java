package dev.fleche.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fleche.examples.Lorenz.Chaos;
import dev.fleche.examples.OneCall.Chain;
import org.junit.jupiter.api.Test;

/** What the tour computes is right. */
class ComputationsTest {

    @Test
    void theLorenzSystemHasItsKnownExponent() {
        // 0.9056 by J. C. Sprott, "Chaos and Time-Series Analysis", Oxford University Press (2003)
        Chaos chaos = new Lorenz(10, 28, 8.0 / 3).chaos();

        assertThat(chaos.exponent()).isCloseTo(0.9056, within(3 * chaos.error()));
        assertThat(chaos.error()).isBetween(0.0, 0.03);
    }

    @Test
    void belowTheOnsetOfConvectionNothingIsChaotic() {
        // the origin is stable, and the slower of its two coupled rates is the exponent
        double rate = (-11 + Math.sqrt(121 - 40 * 0.5)) / 2;

        Chaos chaos = new Lorenz(10, 0.5, 8.0 / 3).chaos();

        assertThat(chaos.exponent()).isCloseTo(rate, within(1e-6));
    }

    @Test
    void theLongestCollatzChainBelowAMillionIsFound() {
        assertThat(OneCall.longestChain(1_000_000)).isEqualTo(new Chain(837_799, 525));
    }

    @Test
    void theDigitsOfPiAreRight() {
        assertThat(Pi.digits(50)).isEqualTo("31415926535897932384626433832795028841971693993751");
        // the 1000th decimal
        assertThat(Pi.digits(1001)).endsWith("2164201989");
    }
}
