package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.Scope;
import dev.fleche.cache.Cache;

/** One memoised call, cold and warm. */
final class OneCall implements Section {

    private static final int LIMIT = 2_000_000;
    private static final int HITS = 20_000;

    private static final Memo1<Integer, Chain> LONGEST = Fleche.of(OneCall::longestChain);

    /**
     * A Collatz chain: halve an even number, triple an odd one and add one, until it is one.
     *
     * @param start the first number
     * @param length how many numbers there are
     */
    record Chain(long start, int length) {}

    /** Returns the longest chain that starts below {@code limit}. */
    static Chain longestChain(int limit) {
        Chain longest = new Chain(1, 1);
        for (long start = 2; start < limit; start++) {
            int length = 1;
            for (long number = start; number != 1; length++) {
                number = number % 2 == 0 ? number / 2 : 3 * number + 1;
            }
            if (length > longest.length()) {
                longest = new Chain(start, length);
            }
        }
        return longest;
    }

    @Override
    public String title() {
        return "One call, computed once";
    }

    @Override
    public void show(Page page) {
        try (Cache cache = Cache.memory();
                Scope scope = Fleche.use(cache)) {
            page.text("LONGEST = Fleche.of(OneCall::longestChain) is the memo of a method; LONGEST.apply(" + LIMIT
                    + ") runs the method once.");
            long start = System.nanoTime();
            Chain computed = LONGEST.apply(LIMIT);
            page.fact("computed", computed + " in " + Page.time(System.nanoTime() - start));

            start = System.nanoTime();
            Chain found = LONGEST.apply(LIMIT);
            page.fact("found", found + " in " + Page.time(System.nanoTime() - start));

            start = System.nanoTime();
            for (int i = 0; i < HITS; i++) {
                found = LONGEST.apply(LIMIT);
            }
            page.fact("found " + HITS + " times more, each in", Page.time((System.nanoTime() - start) / HITS));
            page.fact("equal to what was computed", found.equals(computed));
            page.text("What was computed is a table that can be read:");
            page.lines(LONGEST.query().table(Page.COLUMNS - 2));
        }
    }
}
