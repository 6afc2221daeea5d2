package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Call;
import dev.fleche.Explanation;
import dev.fleche.digest.Address;
import dev.fleche.digest.Digest;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an explanation says for each cause, damaged bytes among them, in a storage that keeps bytes.
 *
 * <p>Extend it, name the storages by a configuration, and say how their bytes are damaged from outside.
 */
public abstract class StoredExplanationContract extends ExplanationContract {

    /** Changes the stored bytes of a record behind the storage's back. */
    protected abstract void damageRecord(Digest key, UnaryOperator<byte[]> damage);

    /** Changes the stored bytes of a value behind the storage's back. */
    protected abstract void damageValue(Address address, UnaryOperator<byte[]> damage);

    static Stream<ExplanationCause> damages() {
        return Arrays.stream(ExplanationCause.values()).filter(cause -> cause.damage() != ExplanationCause.Damage.NONE);
    }

    @ParameterizedTest
    @MethodSource("damages")
    void damageIsNamed(ExplanationCause cause) {
        try (ExplanationStore store = new ExplanationStore(config(), CompiledPrograms.DIRECTORY, this::view)) {
            Call<?> call = cause.arrange(store);
            assertThat(call.explain()).isInstanceOf(Explanation.Hit.class);
            if (cause.damage() == ExplanationCause.Damage.RECORD) {
                damageRecord(call.digest(), StoredExplanationContract::flipped);
            } else {
                damageValue(store.resultOf(call), StoredExplanationContract::flipped);
            }

            check(cause, call);
        }
    }

    private static byte[] flipped(byte[] sound) {
        byte[] damaged = sound.clone();
        damaged[damaged.length - 1] ^= 1;
        return damaged;
    }
}
