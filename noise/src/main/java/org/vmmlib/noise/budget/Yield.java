package org.vmmlib.noise.budget;

import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.vmmlib.core.check.Require;

/**
 * Chips that are precise enough, with the interval of Wilson, J. Am. Stat. Assoc. 22, 209 (1927),
 * doi:10.1080/01621459.1927.10502953.
 *
 * @param required effective bits that a chip must have
 * @param good chips that have them
 * @param chips all chips
 * @param fraction good of all, with its interval
 */
public record Yield(double required, int good, int chips, Estimate fraction) {

    static Yield of(double required, double[] bitsOfChips, double confidence) {
        Require.within("chips", bitsOfChips.length, 1, Integer.MAX_VALUE);
        int good = 0;
        for (double bits : bitsOfChips) {
            good += bits >= required ? 1 : 0;
        }
        int chips = bitsOfChips.length;
        ConfidenceInterval interval = new WilsonScoreInterval().createInterval(chips, good, confidence);
        // An end that is exactly 0 or 1 comes out with its rounding error.
        return new Yield(
                required,
                good,
                chips,
                new Estimate(
                        (double) good / chips,
                        good == 0 ? 0 : interval.getLowerBound(),
                        good == chips ? 1 : interval.getUpperBound()));
    }
}
