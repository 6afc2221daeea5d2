package dev.fleche.benchmarks;

import java.util.Locale;

/** What a measurement is allowed to cost beside its baseline. */
sealed interface Budget {

    /** Returns how the two compare, in the budget's own terms; both in nanoseconds. */
    double compare(double measured, double baseline);

    /** Returns the outcome of {@link #compare} for people to read. */
    String format(double comparison);

    /** Returns whether an outcome of {@link #compare} keeps the budget. */
    boolean isMet(double comparison);

    /** Returns the limit for people to read; empty if there is none. */
    String limit();

    /** A budget as a multiple of the baseline. */
    record AtMostTimes(double limitTimes) implements Budget {

        @Override
        public double compare(double measured, double baseline) {
            return measured / baseline;
        }

        @Override
        public String format(double comparison) {
            return text("%.2f x", comparison);
        }

        @Override
        public boolean isMet(double comparison) {
            return comparison <= limitTimes;
        }

        @Override
        public String limit() {
            return text("<= %.0f x", limitTimes);
        }
    }

    /** A budget as a difference to the baseline. */
    record AtMostNanosMore(double limitNanos) implements Budget {

        @Override
        public double compare(double measured, double baseline) {
            return measured - baseline;
        }

        @Override
        public String format(double comparison) {
            return text("%+.1f ns", comparison);
        }

        @Override
        public boolean isMet(double comparison) {
            return comparison <= limitNanos;
        }

        @Override
        public String limit() {
            return text("<= +%.0f ns", limitNanos);
        }
    }

    /** A budget as a share of the baseline's throughput. */
    record AtLeastPercent(double limitPercent) implements Budget {

        @Override
        public double compare(double measured, double baseline) {
            return 100 * baseline / measured;
        }

        @Override
        public String format(double comparison) {
            return text("%.1f %%", comparison);
        }

        @Override
        public boolean isMet(double comparison) {
            return comparison >= limitPercent;
        }

        @Override
        public String limit() {
            return text(">= %.0f %%", limitPercent);
        }
    }

    /** No budget: the ratio is for information. */
    record Unlimited() implements Budget {

        @Override
        public double compare(double measured, double baseline) {
            return measured / baseline;
        }

        @Override
        public String format(double comparison) {
            return text("%.2f x", comparison);
        }

        @Override
        public boolean isMet(double comparison) {
            return true;
        }

        @Override
        public String limit() {
            return "";
        }
    }

    private static String text(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
