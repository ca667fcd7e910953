package org.vmmlib.noise.fault;

import org.apache.commons.math3.special.Beta;
import org.vmmlib.core.check.Require;

/** Which part of arrays works, in closed form. */
public final class ArrayYield {

    private ArrayYield() {}

    /**
     * Probability that at most so many of an array's cells fail, if cells fail independently: the binomial distribution, by
     * the incomplete beta function.
     *
     * @param cells of the array, 1 or above
     * @param failing probability that a cell fails, 0 to 1
     * @param tolerated failed cells that the array can live with, 0 or above
     */
    public static double independent(int cells, double failing, int tolerated) {
        Require.within("cells", cells, 1, Integer.MAX_VALUE);
        Require.within("failing", failing, 0, 1);
        Require.within("tolerated", tolerated, 0, Integer.MAX_VALUE);
        if (tolerated >= cells) {
            return 1;
        }
        return tolerated == 0
                ? Math.exp(cells * Math.log1p(-failing))
                : 1 - Beta.regularizedBeta(failing, tolerated + 1.0, (double) cells - tolerated);
    }

    /**
     * Probability that an array has no defect, if the number of its defects is negative-binomial: {@code (1 + D/α)^−α}
     * (C. H. Stapper, IEEE Trans. Electron Devices 20, 655 (1973), doi:10.1109/T-ED.1973.17719). A large α is Poisson's
     * {@code exp(−D)}.
     *
     * @param defects D, mean number of defects of an array, 0 or above
     * @param clustering α, above 0
     */
    public static double negativeBinomial(double defects, double clustering) {
        Require.nonNegative("defects", defects);
        Require.positive("clustering", clustering);
        return Math.exp(-clustering * Math.log1p(defects / clustering));
    }
}
