package dev.fleche.benchmarks;

/** What is measured of a process pool. */
enum PoolMetric {
    START("startMillis", "start to first results, 2 workers", "ms", false),
    TINY("tinyPerSecond", "20 000 tiny tasks, submitted one by one", "1/s", true),
    CHUNKED("chunkedPerSecond", "map over 200 000 elements, chunks of 100", "1/s", true),
    ROUND_TRIP("roundTripMicros", "round trip of one tiny task", "us", false),
    ARGUMENT("argumentMibPerSecond", "argument of 8 MiB", "MiB/s", true),
    RESULT("resultMibPerSecond", "result of 8 MiB", "MiB/s", true),
    CRASH("crashMillis", "killed worker to exception", "ms", false),
    USABLE("usableAfterCrash", "next task after it runs (1) or fails (0)", "", true);

    private final String key;
    private final String title;
    private final String unit;
    private final boolean isMoreBetter;

    PoolMetric(String key, String title, String unit, boolean isMoreBetter) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.isMoreBetter = isMoreBetter;
    }

    /** Returns the name under which a workload prints its figure. */
    String key() {
        return key;
    }

    /** Returns what is measured, for people. */
    String title() {
        return unit.isEmpty() ? title : title + " (" + unit + ")";
    }

    /** Returns the better of two figures. */
    double best(double one, double other) {
        return isMoreBetter ? Math.max(one, other) : Math.min(one, other);
    }

    /** Returns the goal in the words of the report; empty if there is none. */
    String goal() {
        return switch (this) {
            case START -> "<= 150 ms";
            case TINY -> ">= 3 x";
            case CHUNKED, ARGUMENT, RESULT -> ">= 1 x";
            case ROUND_TRIP, CRASH, USABLE -> "";
        };
    }

    /** Returns whether {@code figure} keeps the goal beside the best one of the others. */
    boolean isMet(double figure, double best) {
        return switch (this) {
            case START -> figure <= 150;
            case TINY -> figure >= 3 * best;
            case CHUNKED, ARGUMENT, RESULT -> figure >= best;
            case ROUND_TRIP, CRASH, USABLE -> true;
        };
    }
}
