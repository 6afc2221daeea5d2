package dev.fleche.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fleche.digest.Digester;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Records that do not give out, or do not keep, what they are given. */
class RecordValuesTest {

    record Masked(String secret) {
        @Override
        public String secret() {
            return "***";
        }

        int length() {
            return secret.length();
        }
    }

    record Stubborn(int number) {
        @Override
        public int number() {
            throw new IllegalStateException("not today");
        }
    }

    record Percent(double value) {
        Percent {
            value /= 100;
        }
    }

    record Clamped(double value, List<String> names) {
        Clamped {
            value = Math.min(value, 1);
            names = List.copyOf(names);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // users have them
    record Rows(List<double[]> rows, int[] columns) {
        Rows {
            rows = rows.stream().map(double[]::clone).toList();
            columns = columns.clone();
        }

        @Override
        public int[] columns() {
            return columns.clone();
        }
    }

    private static final TypeContext CONTEXT = TypeContext.of(
            RecordValuesTest.class.getClassLoader(),
            List.of(),
            List.of(Masked.class, Stubborn.class, Percent.class, Clamped.class, Rows.class));

    @Test
    void aRecordComesBackWithWhatItsAccessorHides() {
        assertThat(((Masked) roundTrip(new Masked("twelve chars"))).length()).isEqualTo(12);
    }

    @Test
    void aRecordWhoseAccessorThrowsComesBack() {
        assertThat(roundTrip(new Stubborn(7))).isEqualTo(new Stubborn(7));
    }

    @Test
    void recordsThatDifferInWhatAnAccessorHidesHaveDifferentDigests() {
        assertThat(Digester.standard().digest(new Masked("one")))
                .isNotEqualTo(Digester.standard().digest(new Masked("three")));
    }

    @Test
    void aRecordWhoseConstructorChangesItsOwnComponentIsNoValue() {
        assertThatThrownBy(() -> roundTrip(new Percent(50)))
                .isInstanceOf(CodecException.class)
                .hasMessage("expected the constructor of the record " + Percent.class.getName()
                        + " to keep its component value as it was stored, found that it changes it again; convert in a"
                        + " static method and let the constructor keep what it is given");
    }

    @Test
    void aRecordWhoseConstructorCopiesOrNormalisesComesBack() {
        Rows rows = (Rows) roundTrip(new Rows(List.of(new double[] {1, Double.NaN}), new int[] {3}));

        assertThat(roundTrip(new Clamped(3, new ArrayList<>(Arrays.asList("a", "b")))))
                .isEqualTo(new Clamped(1, List.of("a", "b")));
        assertThat(rows.rows().get(0)).containsExactly(1, Double.NaN);
        assertThat(rows.columns()).containsExactly(3);
    }

    private static Object roundTrip(Object value) {
        byte[] encoded = Codecs.standard().encode(value, CONTEXT, 1000).encoded();
        Object decoded = Codecs.standard().decode(Value.ofEncoded(encoded.clone()), CONTEXT);
        return Objects.requireNonNull(decoded);
    }
}
