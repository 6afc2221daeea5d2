package dev.fleche.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TourOptionsTest {

    @Test
    void withoutArgumentsNothingIsKept() {
        TourOptions options = TourOptions.parse();

        assertThat(options.store()).isEmpty();
        assertThat(options.runs()).isEqualTo(96);
        assertThat(options.help()).isFalse();
    }

    @Test
    void bothOptionsAreRead() {
        TourOptions options = TourOptions.parse("--store", "/some/where/../there", "--runs", "64");

        assertThat(options.store()).contains(Path.of("/some/there"));
        assertThat(options.runs()).isEqualTo(64);
    }

    @Test
    void serversAreNamedOneByOne() {
        TourOptions options =
                TourOptions.parse("--server", "jdbc:postgresql://a/b?user=c", "--server", "jdbc:mariadb://a/b");

        assertThat(options.servers()).containsExactly("jdbc:postgresql://a/b?user=c", "jdbc:mariadb://a/b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--runs 7     | expected 8 to 4096 after --runs, found 7",
                "--runs many  | expected 8 to 4096 after --runs, found many",
                "--runs 99999 | expected 8 to 4096 after --runs, found 99999",
                "--runs       | expected a value after --runs, found the end",
                "--server x   | expected jdbc:postgresql://... or jdbc:mariadb://... after --server, found x",
                "--walk       | expected --runs, --store or --server, found --walk",
            })
    void anythingElseIsRefused(String arguments, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TourOptions.parse(arguments.split(" ", -1)))
                .withMessage(message);
    }
}
