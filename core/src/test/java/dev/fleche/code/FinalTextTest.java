package dev.fleche.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fleche.digest.Digest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Opcodes;

class FinalTextTest {

    private static final Map<Integer, Integer> TARGETS = Map.of(0, 5, 2, 6);

    private final Program program = new Program();

    @Test
    void aMethodWithoutSwitchesHasTheDigestOfItsText() {
        MethodSummary method = new MethodSummary(0, new Sha256Text().add("text").digest(), List.of(), List.of());

        assertThat(new FinalText(new Hierarchy(program)).of(method)).isEqualTo(method.text());
    }

    @Test
    void ordinalsAndASwitchMapSayTheSame() {
        program.type("a/Mode").constants("FAST", "SLOW", "EXACT");
        program.type("a/Main$1").switchMap("MODE", Map.of(1, "FAST", 2, "EXACT"));

        assertThat(text(mapped(Map.of(1, 5, 2, 6)))).isEqualTo(text(ordinals(TARGETS)));
    }

    @Test
    void aConstantThatTheSwitchDoesNotNameMayComeAndGo() {
        program.type("a/Mode").constants("FAST", "SLOW", "EXACT");
        Digest before = text(ordinals(TARGETS));
        program.type("a/Mode").constants("SLOWER", "FAST", "EXACT");

        assertThat(text(ordinals(Map.of(1, 5, 2, 6)))).isEqualTo(before);
    }

    @Test
    void constantsThatChangePlacesChangeTheMeaningOfOrdinals() {
        program.type("a/Mode").constants("FAST", "SLOW", "EXACT");
        Digest before = text(ordinals(TARGETS));
        program.type("a/Mode").constants("EXACT", "SLOW", "FAST");

        assertThat(text(ordinals(TARGETS))).isNotEqualTo(before);
    }

    @Test
    void anotherTargetEnumOrDefaultIsAnotherText() {
        program.type("a/Mode").constants("FAST", "SLOW", "EXACT");
        program.type("a/Other").constants("FAST", "SLOW", "EXACT");

        assertThat(List.of(
                        text(ordinals(TARGETS)),
                        text(ordinals(Map.of(0, 6, 2, 5))),
                        text(new EnumSwitch("a/Mode", "", "", new TreeMap<>(TARGETS), 8)),
                        text(new EnumSwitch("a/Other", "", "", new TreeMap<>(TARGETS), 7)),
                        text(ordinals(Map.of(0, 5)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void labelsThatNobodyExplainsStandAsNumbers() {
        program.foreign("a/Mode", null);
        Digest numbers = text(ordinals(TARGETS));
        program.type("a/Mode").constants("FAST");

        assertThat(text(ordinals(TARGETS))).as("an ordinal out of range").isEqualTo(numbers);
        assertThat(text(ordinals(Map.of(0, 5, 1, 6)))).isNotEqualTo(numbers);
        assertThat(text(mapped(TARGETS))).as("a map that is not there").isNotEqualTo(numbers);
    }

    @Test
    void whatExplainsNumbersIsReachedIfItIsNotUnderstood() {
        program.type("a/Mode").constants("FAST");
        program.type("a/Main$1").method(Opcodes.ACC_STATIC, "<clinit>()V");
        program.type("a/Main").method(Opcodes.ACC_STATIC, "run()V", "text", List.of(mapped(TARGETS)));

        ReachedCode code = Reach.from(program, ReachTest.roots(null, List.of(), true));

        assertThat(ReachTest.methods(code)).containsExactly("a.Main$1.<clinit>()");
    }

    private Digest text(EnumSwitch each) {
        MethodSummary method = new MethodSummary(0, new Sha256Text().add("text").digest(), List.of(), List.of(each));
        return new FinalText(new Hierarchy(program)).of(method);
    }

    private static EnumSwitch ordinals(Map<Integer, Integer> targets) {
        return new EnumSwitch("a/Mode", "", "", new TreeMap<>(targets), 7);
    }

    private static EnumSwitch mapped(Map<Integer, Integer> targets) {
        return new EnumSwitch("a/Mode", "a/Main$1", "MODE", new TreeMap<>(targets), 7);
    }
}
