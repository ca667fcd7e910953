package org.vmmlib.peripherals.neuron;

import java.util.Arrays;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.univariate.BrentOptimizer;
import org.apache.commons.math3.optim.univariate.SearchInterval;
import org.apache.commons.math3.optim.univariate.UnivariateObjectiveFunction;
import org.apache.commons.math3.special.Erf;
import org.vmmlib.core.check.Require;

/**
 * A membrane voltage that is normally distributed, and what the spikes of a ladder of thresholds tell of it, in bits
 * (Saxena and Moussa, CMOS-RRAM Neuromorphic Accelerators Using Multi-bit Neurons, Eqs. 2–7, after Xiao et al.,
 * arXiv:2407.05739).
 *
 * <p>The paper's Eq. 2 writes the natural logarithm where its value, 2.047, is in bits; and Φ is the distribution
 * function, Φ(V) = P(u &lt; V). The information loss is the difference of a differential and a discrete entropy. It
 * depends on the unit of the voltage, and may be negative: it is the paper's figure, not a bound.
 *
 * @param mean μ, in volts; 0 in the paper
 * @param deviation σ, in volts, above 0; 1 in the paper
 */
public record NormalMembrane(double mean, double deviation) {

    /** The paper's: mean 0, deviation 1. */
    public static final NormalMembrane STANDARD = new NormalMembrane(0, 1);

    private static final int MAX_THRESHOLDS = 255;

    /** Checks the numbers. */
    public NormalMembrane {
        Require.finite("mean", mean);
        Require.positive("deviation", deviation);
    }

    /** Differential entropy in bits, {@code ½ log2(2πe σ²)} (Eq. 2): 2.0471 for a deviation of 1. */
    public double entropy() {
        return log2(deviation) + 0.5 * log2(2 * Math.PI * Math.E);
    }

    /**
     * Probabilities of the states (Eqs. 3 and 4): below the lowest threshold, between neighbours, above the highest.
     *
     * @param thresholds in volts
     * @return one more than there are thresholds
     */
    public double[] probabilities(ThresholdLadder thresholds) {
        return probabilities(thresholds.thresholds());
    }

    private double[] probabilities(double[] thresholds) {
        double[] out = new double[thresholds.length + 1];
        double below = Double.NEGATIVE_INFINITY;
        for (int k = 0; k <= thresholds.length; k++) {
            double above = k < thresholds.length ? (thresholds[k] - mean) / deviation : Double.POSITIVE_INFINITY;
            out[k] = between(below, above);
            below = above;
        }
        return out;
    }

    /** Probability of a standard normal number between two bounds, without cancellation in the tails. */
    private static double between(double from, double to) {
        return from > 0 ? below(-from) - below(-to) : below(to) - below(from);
    }

    private static double below(double bound) {
        return 0.5 * Erf.erfc(-bound / Math.sqrt(2));
    }

    /** Entropy of the state that the thresholds tell, in bits (Eqs. 5 and 7). */
    public double spikeEntropy(ThresholdLadder thresholds) {
        return entropyOf(probabilities(thresholds));
    }

    /** What is lost by telling the state only, {@code H(U) − H(S)}, in bits (Eq. 6). */
    public double informationLoss(ThresholdLadder thresholds) {
        return entropy() - spikeEntropy(thresholds);
    }

    /**
     * Thresholds at equal distances from the mean up: {@code μ + k d}, k = 1 … count.
     *
     * @param count 1 to 255
     * @param spacing d, in volts, above 0
     */
    public ThresholdLadder spaced(int count, double spacing) {
        Require.within("count", count, 1, MAX_THRESHOLDS);
        Require.positive("spacing", spacing);
        double[] thresholds = new double[count];
        for (int k = 0; k < count; k++) {
            thresholds[k] = mean + (k + 1) * spacing;
        }
        return ThresholdLadder.of(thresholds);
    }

    /**
     * The spacing at which {@link #spaced} thresholds tell most, in volts, to 1e-6 of the deviation. One threshold tells
     * most at the mean itself, where no spacing puts it.
     *
     * @param count 2 to 255
     */
    public double bestSpacing(int count) {
        Require.within("count", count, 2, MAX_THRESHOLDS);
        double[] thresholds = new double[count];
        double best = new BrentOptimizer(1e-9, 1e-12)
                .optimize(
                        new MaxEval(1000),
                        GoalType.MAXIMIZE,
                        new SearchInterval(0, 4),
                        new UnivariateObjectiveFunction(d -> {
                            for (int k = 0; k < count; k++) {
                                thresholds[k] = mean + (k + 1) * d * deviation;
                            }
                            return entropyOf(probabilities(thresholds));
                        }))
                .getPoint();
        return best * deviation;
    }

    /**
     * The thresholds that tell most of all, log2(count + 1) bits: those that make every state equally likely.
     *
     * @param count 1 to 255
     */
    public ThresholdLadder equiprobable(int count) {
        Require.within("count", count, 1, MAX_THRESHOLDS);
        double[] thresholds = new double[count];
        for (int k = 0; k < count; k++) {
            thresholds[k] = mean + deviation * Math.sqrt(2) * Erf.erfInv(2 * (k + 1.0) / (count + 1) - 1);
        }
        return ThresholdLadder.of(thresholds);
    }

    private static double entropyOf(double[] probabilities) {
        return -Arrays.stream(probabilities)
                .filter(p -> p > 0)
                .map(p -> p * log2(p))
                .sum();
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
