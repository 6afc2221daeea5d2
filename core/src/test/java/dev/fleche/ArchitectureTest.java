package dev.fleche;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArchitectureTest {

    /** The packages in order: each may use those before it. */
    private static final List<String> ORDER = List.of(
            "dev.fleche.annotation..",
            "dev.fleche.digest..",
            "dev.fleche.code..",
            "dev.fleche.codec..",
            "dev.fleche.record..",
            "dev.fleche.storage..",
            "dev.fleche.cache..",
            "dev.fleche.transport..",
            "dev.fleche");

    private static JavaClasses library;

    @BeforeAll
    static void importLibrary() {
        library = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.fleche");
    }

    @Test
    void theLibraryIsFound() {
        assertThat(library.contain(Fleche.class)).isTrue();
        assertThat(library.contain(ArchitectureTest.class)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void aPackageUsesOnlyThoseBeforeIt(String name) {
        String[] later = ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).toArray(String[]::new);

        noClasses()
                .that()
                .resideInAPackage(name)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(later)
                .because("the order of the packages is " + String.join(" <- ", ORDER))
                .allowEmptyShould(true)
                .check(library);
    }

    @Test
    void everyPackageHasAPlaceInTheOrder() {
        classes()
                .should()
                .resideInAnyPackage(ORDER.toArray(String[]::new))
                .because("a new package needs a place in ArchitectureTest and ARCHITECTURE.md")
                .check(library);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.(**)").should().beFreeOfCycles().check(library);
    }

    private static Stream<String> packages() {
        return IntStream.range(0, ORDER.size() - 1).mapToObj(ORDER::get);
    }
}
