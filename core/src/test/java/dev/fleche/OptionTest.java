package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.fleche.annotation.CodeChange;
import dev.fleche.annotation.CodeKey;
import dev.fleche.annotation.DependsOn;
import dev.fleche.annotation.FormerlyKnownAs;
import dev.fleche.annotation.Memoized;
import dev.fleche.digest.FunctionId;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {

    @Test
    void anOptionReadsAsItIsWritten() {
        assertThat(List.of(
                        Option.name("plus"),
                        Option.version("2"),
                        Option.version(2),
                        Option.allow(String.class, Integer.class),
                        Option.strict(),
                        Option.ignoreReceiver(),
                        Option.ignore(0, 2),
                        Option.pathsByName(),
                        Option.storeArguments(ArgumentStoring.ALL),
                        Option.codeKey(CodeKey.METHOD),
                        Option.onCodeChange(CodeChange.ADOPT),
                        Option.dependsOn(String.class, Integer.class),
                        Option.userCode(String.class),
                        Option.withoutLibraries(),
                        Option.formerlyKnownAs("a.B.c()", "D.e(int)")))
                .extracting(Option::toString)
                .containsExactly(
                        "Option.name(\"plus\")",
                        "Option.version(\"2\")",
                        "Option.version(2)",
                        "Option.allow(String.class, Integer.class)",
                        "Option.strict()",
                        "Option.ignoreReceiver()",
                        "Option.ignore(0, 2)",
                        "Option.pathsByName()",
                        "Option.storeArguments(ALL)",
                        "Option.codeKey(CodeKey.METHOD)",
                        "Option.onCodeChange(CodeChange.ADOPT)",
                        "Option.dependsOn(String.class, Integer.class)",
                        "Option.userCode(String.class)",
                        "Option.withoutLibraries()",
                        "Option.formerlyKnownAs(\"a.B.c()\", \"D.e(int)\")");
    }

    @Test
    void twoOptionsOfOneKindAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Settings.of(OptionTest.class, Option.version("a"), Option.strict(), Option.version(2)))
                .withMessage("expected each option once, found Option.version(\"a\") and Option.version(2); keep one of"
                        + " them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void anEmptyNameIsRefused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Option.name(name))
                .withMessage("expected a name with characters in it, found \"" + name + "\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Option.version(name));
    }

    @Test
    void aNameWithADotIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Option.name("v1.2"))
                .withMessage("expected a name without dots, found \"v1.2\"");
    }

    @Test
    void aFormerIdMayHaveANameWithBrackets() {
        FunctionId id = new FunctionId("a.B", "fit (linear)", List.of("int", "long"));

        assertThat(CodeSettings.formerId(id.toString())).isEqualTo(id);
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullIsRefusedByName() {
        assertThatNullPointerException().isThrownBy(() -> Option.name(null)).withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> Fleche.of(String::length, (Option) null))
                .withMessage("option");
    }

    @Test
    void aNegativePositionIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Option.ignore(1, -1))
                .withMessage("expected positions counted from 0, found 1, -1");
    }

    @Test
    void everyOptionHasItsEffect() {
        Settings settings = Settings.of(
                OptionTest.class,
                Option.name("plus"),
                Option.version(2),
                Option.allow(String.class),
                Option.strict(),
                Option.ignoreReceiver(),
                Option.ignore(0, 2),
                Option.pathsByName(),
                Option.storeArguments(ArgumentStoring.ALL),
                Option.codeKey(CodeKey.METHOD),
                Option.onCodeChange(CodeChange.FAIL),
                Option.dependsOn(Integer.class),
                Option.userCode(Long.class),
                Option.withoutLibraries(),
                Option.formerlyKnownAs("a.B.c(int,long)"));

        assertThat(settings)
                .isEqualTo(new Settings(
                        "plus",
                        "2",
                        List.of(String.class),
                        true,
                        true,
                        Set.of(0, 2),
                        true,
                        ArgumentStoring.ALL,
                        new CodeSettings(
                                CodeKey.METHOD,
                                CodeChange.FAIL,
                                List.of(Integer.class),
                                List.of(Long.class),
                                false,
                                List.of(new FunctionId("a.B", "c", List.of("int", "long"))))));
    }

    @SuppressWarnings("UnusedMethod") // its annotations are read
    @Memoized(codeKey = CodeKey.NONE, onCodeChange = CodeChange.ADOPT, withoutLibraries = true)
    @DependsOn(String.class)
    @FormerlyKnownAs({"a.B.c()", "a.B$C.<init>([D)"})
    private static int annotated() {
        return 1;
    }

    @Test
    void annotationsSayTheSameAndOptionsWinOrAddToThem() throws Exception {
        Method annotated = OptionTest.class.getDeclaredMethod("annotated");
        FunctionId first = new FunctionId("a.B", "c", List.of());
        FunctionId second = new FunctionId("a.B$C", "<init>", List.of("[D"));

        assertThat(Settings.of(annotated).code())
                .isEqualTo(new CodeSettings(
                        CodeKey.NONE,
                        CodeChange.ADOPT,
                        List.of(String.class),
                        List.of(),
                        false,
                        List.of(first, second)));
        assertThat(Settings.of(
                                annotated,
                                Option.codeKey(CodeKey.METHOD),
                                Option.dependsOn(Integer.class),
                                Option.formerlyKnownAs("X.y()"))
                        .code())
                .isEqualTo(new CodeSettings(
                        CodeKey.METHOD,
                        CodeChange.ADOPT,
                        List.of(String.class, Integer.class),
                        List.of(),
                        false,
                        List.of(first, second, new FunctionId("X", "y", List.of()))));
        assertThat(Settings.of(OptionTest.class).code()).isEqualTo(CodeSettings.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relax", "relax(int)", "a.(int)", ".b()", "a.b(int"})
    void aFormerIdThatIsNoneIsRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Option.formerlyKnownAs(id))
                .withMessage("expected a former id such as \"com.acme.Physics.relax(double,int)\", found \"" + id
                        + "\"; memo.function() tells the id of a function");
    }

    @Test
    void codeSettingsTravel() {
        Settings settings = Settings.of(
                OptionTest.class,
                Option.allow(String.class, Long.class),
                Option.codeKey(CodeKey.METHOD),
                Option.onCodeChange(CodeChange.FAIL),
                Option.dependsOn(Integer.class, Short.class),
                Option.userCode(Byte.class),
                Option.withoutLibraries(),
                Option.formerlyKnownAs("a.B.c(int,long)"));
        FlatWriter out = new FlatWriter();
        settings.write(out);

        FlatReader in = FlatReader.ofPart(out.toBytes());
        assertThat(Settings.read(in, settings.classes())).isEqualTo(settings);
        in.requireEnd();
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> Settings.read(FlatReader.ofPart(out.toBytes()), List.of(String.class)));
    }

    @Test
    void argumentsAreStoredUpTo16MiBUnlessToldOtherwise() {
        assertThat(Settings.of(OptionTest.class).argumentStoring().maxBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(ArgumentStoring.ALL.maxBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(ArgumentStoring.NONE.maxBytes()).isZero();
    }
}
