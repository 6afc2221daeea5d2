package dev.fleche.examples;

import dev.fleche.Fleche;
import dev.fleche.Memo1;
import dev.fleche.cache.Cache;
import java.math.BigInteger;
import java.util.Locale;
import java.util.stream.IntStream;

/** Decimal digits of pi, by John Machin's formula of 1706: pi/4 = 4 arctan(1/5) - arctan(1/239). */
final class Pi {

    private static final int CALLS = 8;
    private static final int STEP = 2000;

    private static final Memo1<Integer, String> DIGITS = Fleche.of(Pi::digits);

    private Pi() {}

    static String digits(int count) {
        BigInteger one = BigInteger.TEN.pow(count + 10);
        BigInteger quarter = arctanOfInverse(5, one).shiftLeft(2).subtract(arctanOfInverse(239, one));
        return quarter.shiftLeft(2).toString().substring(0, count);
    }

    private static BigInteger arctanOfInverse(int x, BigInteger one) {
        BigInteger square = BigInteger.valueOf((long) x * x);
        BigInteger power = one.divide(BigInteger.valueOf(x));
        BigInteger sum = power;
        for (int n = 3; power.signum() != 0; n += 2) {
            power = power.divide(square);
            BigInteger term = power.divide(BigInteger.valueOf(n));
            sum = n % 4 == 3 ? sum.subtract(term) : sum.add(term);
        }
        return sum;
    }

    /** Calls the memo for several counts of digits on {@code cache}, and returns what it took, in a sentence. */
    static String pass(Cache cache) {
        long start = System.nanoTime();
        Memo1<Integer, String> memo = DIGITS.in(cache);
        String longest = IntStream.rangeClosed(1, CALLS)
                .mapToObj(i -> memo.apply(i * STEP))
                .reduce("", (before, digits) -> digits);
        return String.format(
                Locale.ROOT,
                "%d calls, %d found, %d computed, in %s; the last of %d digits are %s",
                CALLS,
                cache.stats().hits(),
                cache.stats().commits(),
                Page.time(System.nanoTime() - start),
                longest.length(),
                longest.substring(longest.length() - 10));
    }
}
