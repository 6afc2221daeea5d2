package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fleche.References.Op;
import dev.fleche.References.Point;
import dev.fleche.digest.FunctionReference;
import dev.fleche.digest.MetCode;
import dev.fleche.digest.UndigestibleException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class LambdaReferencesTest {

    private final LambdaReferences references = new LambdaReferences();

    @Test
    void aMethodReferenceIsItsMethodAndItsTypes() {
        Fn2<Integer, Integer, Integer> add = References::add;

        FunctionReference found = references.find(add).orElseThrow();

        assertThat(found.id()).hasToString("dev.fleche.References.add(int,int)");
        assertThat(found.version()).isNull();
        assertThat(found.captured()).containsExactly(List.of(Fn2.class));
    }

    @Test
    void aReceiverIsCaptured() {
        Point point = new Point(1, 2);
        Fn1<Integer, Integer> shifted = point::shifted;

        assertThat(references.find(shifted).orElseThrow().captured()).containsExactly(List.of(Fn1.class), point);
    }

    @Test
    void anyInterfaceThatIsSerializableWillDo() {
        BinaryOperator<Integer> max = (BinaryOperator<Integer> & Serializable) Math::max;

        FunctionReference found = references.find(max).orElseThrow();

        assertThat(found.id()).hasToString("java.lang.Math.max(int,int)");
        assertThat(found.captured()).containsExactly(List.of(BinaryOperator.class));
    }

    @Test
    void twoInterfacesWithDefaultMethodsOfTheirOwnDiffer() {
        Fn2<Integer, Integer, Integer> plain = References::add;
        References.Negated negated = References::add;

        assertThat(references.find(plain)).isNotEqualTo(references.find(negated));
    }

    @Test
    void theVersionOfAnAnnotatedMethodCounts() {
        Fn1<Integer, Integer> annotated = References::annotated;

        FunctionReference found = references.find(annotated).orElseThrow();

        assertThat(found.id()).hasToString("dev.fleche.References.annotated(int)");
        assertThat(found.version()).isEqualTo("2");
    }

    @Test
    void aLambdaIsItsCode() {
        FunctionReference found = references.find(References.unnamed()).orElseThrow();

        assertThat(found.id()).hasToString("dev.fleche.References.lambda(java.lang.Integer)");
        assertThat(found.root()).isNotNull();
        assertThat(found.code().digest(MetCode.NONE))
                .isNotNull()
                .isNotEqualTo(references
                        .find((Fn1<Integer, Integer>) x -> x + 5)
                        .orElseThrow()
                        .code()
                        .digest(MetCode.NONE));
    }

    @Test
    void aMethodOfTheJdkIsKnownByItsNameAlone() {
        Fn1<String, String> trim = String::trim;

        FunctionReference found = references.find(trim).orElseThrow();

        assertThat(found.code().digest(MetCode.NONE)).isNull();
        assertThat(found.root()).isNull();
    }

    @Test
    void aMethodOfAnAnonymousClassHasNoDigest() {
        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> references.find(References.ofAnonymousClass()));
    }

    @Test
    void aLambdaOfTheJdkHasNoDigest() {
        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> references.find(Comparator.comparing(String::length)));
    }

    @Test
    void aReferenceThatIsNotSerializableHasNoDigest() {
        UnaryOperator<String> trim = String::trim;

        assertThatExceptionOfType(UndigestibleException.class)
                .isThrownBy(() -> references.find(trim))
                .withMessage(
                        "a lambda or method reference of java.util.function.UnaryOperator, which is not serializable,"
                                + " does not tell its method; pass a method reference typed as a serializable interface, such as"
                                + " Fn1, or a memo");
    }

    @Test
    void whatIsNoFunctionIsLeftToOthers() {
        assertThat(references.find("text")).isEmpty();
        assertThat(references.find(Op.PLUS)).isEmpty();
        assertThat(references.find(new Point(1, 2))).isEmpty();
    }
}
