package dev.fleche;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

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
                        Option.storeArguments(ArgumentStoring.ALL)))
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
                        "Option.storeArguments(ALL)");
    }

    @Test
    void twoOptionsOfOneKindAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Settings.of(null, Option.version("a"), Option.strict(), Option.version(2)))
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
                null,
                Option.name("plus"),
                Option.version(2),
                Option.allow(String.class),
                Option.strict(),
                Option.ignoreReceiver(),
                Option.ignore(0, 2),
                Option.pathsByName(),
                Option.storeArguments(ArgumentStoring.ALL));

        assertThat(settings)
                .isEqualTo(new Settings(
                        "plus", "2", List.of(String.class), true, true, Set.of(0, 2), true, ArgumentStoring.ALL));
    }

    @Test
    void argumentsAreStoredUpTo16MiBUnlessToldOtherwise() {
        assertThat(Settings.of(null).argumentStoring().maxBytes()).isEqualTo(16 * 1024 * 1024);
        assertThat(ArgumentStoring.ALL.maxBytes()).isEqualTo(Long.MAX_VALUE);
        assertThat(ArgumentStoring.NONE.maxBytes()).isZero();
    }
}
