package dev.fleche.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void aKeptBudgetIsMet() {
        String table = table(new Budget.AtMostTimes(3), samples(290, 100));

        assertThat(table).contains("2.90 x").contains(" met").contains("1 of 1 budgets met, 0 missed");
    }

    @Test
    void aMissedBudgetIsMarked() {
        String table = table(new Budget.AtMostTimes(3), samples(310, 100));

        assertThat(table).contains("3.10 x").contains("MISSED").contains("0 of 1 budgets met, 1 missed");
    }

    @Test
    void aThroughputBudgetIsAShareOfTheBaseline() {
        String table = table(new Budget.AtLeastPercent(95), samples(106, 100));

        assertThat(table).contains("94.3 %").contains("MISSED");
    }

    @Test
    void aDifferenceBudgetIsInNanoseconds() {
        String table = table(new Budget.AtMostNanosMore(5), samples(7.5, 3));

        assertThat(table).contains("+4.5 ns").contains(" met");
    }

    @Test
    void theRatioIsThatOfTheMediansAndEachRoundIsShown() {
        Samples measured = new Samples();
        measured.addRound(new double[] {200, 900, 100});
        measured.addRound(new double[] {300, 300, 300});
        Samples baseline = new Samples();
        baseline.addRound(new double[] {100, 100, 100});
        baseline.addRound(new double[] {100, 100, 100});

        String table = table(new Budget.Unlimited(), times(measured, baseline));

        assertThat(table).contains("3.00 x").contains("2.00 x .. 3.00 x").contains("0 of 0 budgets");
    }

    @Test
    void processorTimeIsComparedAsWell() {
        Times measured = new Times(constant(900), constant(150));
        Times baseline = new Times(constant(100), constant(100));

        String table = table(new Budget.AtMostTimes(2), Map.of("p.C.measured", measured, "p.C.baseline", baseline));

        assertThat(table).contains("9.00 x").contains("1.50 x").contains("MISSED (by cpu met)");
    }

    @Test
    void aNameThatNothingHasIsToldWithTheNamesThereAre() throws IOException {
        ByteArrayOutputStream told = new ByteArrayOutputStream();

        int code = Bench.run(
                new String[] {"quick", "no such thing"},
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(told, true, StandardCharsets.UTF_8));

        assertThat(code).isEqualTo(2);
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("no comparison's line or class contains no such thing")
                .contains("MemoryHitBenchmark: memory hit, f(int, int)");
    }

    private static String table(Budget budget, Map<String, Times> times) {
        Comparison comparison = new Comparison("this", "that", "p.C.measured", List.of("p.C.baseline"), budget);
        return new Report(List.of(comparison), times).toTable();
    }

    private static Map<String, Times> samples(double measured, double baseline) {
        return times(constant(measured), constant(baseline));
    }

    private static Map<String, Times> times(Samples measured, Samples baseline) {
        return Map.of("p.C.measured", new Times(measured, measured), "p.C.baseline", new Times(baseline, baseline));
    }

    private static Samples constant(double nanos) {
        Samples samples = new Samples();
        samples.addRound(new double[] {nanos});
        return samples;
    }
}
