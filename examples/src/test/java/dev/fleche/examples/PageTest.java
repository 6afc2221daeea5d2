package dev.fleche.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Page page = new Page(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void longTextsAreBrokenBetweenWords() {
        page.text("word ".repeat(40).strip());

        assertThat(lines())
                .containsExactly("  " + "word ".repeat(18) + "word", "  " + "word ".repeat(18) + "word", "  word word");
    }

    @Test
    void columnsOfNumbersStandToTheRight() {
        page.table(List.of(List.of("name", "long"), List.of("a", "2"), List.of("b", "12 ms")));

        assertThat(lines()).containsExactly("  name   long", "  a         2", "  b     12 ms");
    }

    @Test
    void timesHaveUpToThreeDigitsAndAUnit() {
        assertThat(List.of(Page.time(7), Page.time(12_345), Page.time(123_456_789), Page.time(61_000_000_000L)))
                .containsExactly("7 ns", "12.3 us", "123 ms", "61.0 s");
    }
}
