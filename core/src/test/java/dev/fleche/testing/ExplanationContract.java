package dev.fleche.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.Call;
import dev.fleche.Explanation;
import dev.fleche.cache.Cache;
import dev.fleche.storage.CacheConfig;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What an explanation says for each cause that can be brought about in every storage.
 *
 * <p>Extend it and name the storages by a configuration; of those that keep bytes, extend
 * {@link StoredExplanationContract}.
 */
public abstract class ExplanationContract {

    private static final int MAX_SENTENCES = 3;

    /** Returns what opens storages that are empty. */
    protected abstract CacheConfig config();

    /** Returns the cache that is asked, given the one to which results are stored. */
    protected Cache view(Cache writer) {
        return writer;
    }

    static Stream<ExplanationCause> causes() {
        return Arrays.stream(ExplanationCause.values()).filter(cause -> cause.damage() == ExplanationCause.Damage.NONE);
    }

    @Test
    void everyKindOfExplanationHasACause() {
        assertThat(Explanation.class.getPermittedSubclasses())
                .allSatisfy(type -> assertThat(ExplanationCause.values()).anyMatch(cause -> cause.type() == type));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theCauseIsNamed(ExplanationCause cause) {
        try (ExplanationStore store = new ExplanationStore(config(), CompiledPrograms.DIRECTORY, this::view)) {
            check(cause, cause.arrange(store));
        }
    }

    /** Checks what an explanation of a call says, in which the cause was brought about. */
    final void check(ExplanationCause cause, Call<?> call) {
        Explanation explanation = call.explain();

        assertThat(explanation).isInstanceOf(cause.type());
        assertThat(explanation.toString()).matches(cause.text());
        assertThat(explanation.toString().split("\\. ")).hasSizeLessThanOrEqualTo(MAX_SENTENCES);
        assertThat(explanation.function()).isEqualTo(call.function());
    }
}
