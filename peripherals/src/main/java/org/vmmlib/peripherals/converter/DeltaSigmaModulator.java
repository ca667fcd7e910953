package org.vmmlib.peripherals.converter;

import java.util.Locale;
import org.vmmlib.core.check.Require;

/**
 * A delta-sigma modulator in discrete time with input feed-forward: the input less the feedback is integrated once or twice,
 * and the quantiser takes {@code y = u + v₁} (first order) or {@code y = u + 2 v₁ + v₂} (second order), so that its error
 * comes out multiplied by {@code 1 − z⁻¹} or {@code (1 − z⁻¹)²}. Input and feedback are from 0 to 1. Immutable.
 *
 * <p>With a quantiser of 2^b levels and oversampling M, the noise in the band is {@code Δ²/12 · π^(2L) / ((2L + 1) M^(2L+1))}
 * for order L and Δ = 1/(2^b − 1), as long as the quantiser is not overloaded and its error is like noise. Source: R.
 * Schreier, G. C. Temes, Understanding Delta-Sigma Data Converters, Wiley-IEEE Press, 2005, chapters 2 and 3.
 */
public final class DeltaSigmaModulator {

    private final int order;
    private final double kept;
    private final double steps;

    /**
     * A modulator.
     *
     * @param order L, 1 or 2
     * @param leak part of its content that an integrator loses in a period, 0 to 0.5
     * @param quantiserBits b, 1 to 8
     * @throws IllegalArgumentException if a value is out of range
     */
    public DeltaSigmaModulator(int order, double leak, int quantiserBits) {
        this.order = Require.within("order", order, 1, 2);
        kept = 1 - Require.within("leak", leak, 0, 0.5);
        steps = (1 << Require.within("quantiserBits", quantiserBits, 1, 8)) - 1;
    }

    /**
     * Runs the modulator from rest.
     *
     * @param input 0 to 1. Not modified.
     * @param output the feedback levels, 0 to 1, as many; may be the input. Modified.
     * @throws IllegalArgumentException if the lengths differ
     */
    public void modulate(double[] input, double[] output) {
        if (output.length != input.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "output has %d values: must have %d, as the input", output.length, input.length));
        }
        double first = 0;
        double second = 0;
        for (int k = 0; k < input.length; k++) {
            double u = input[k];
            double feedback = quantised(order == 1 ? u + first : u + 2 * first + second);
            second = kept * second + first;
            first = kept * first + u - feedback;
            output[k] = feedback;
        }
    }

    private double quantised(double y) {
        return Math.max(0, Math.min(steps, Math.floor(y * steps + 0.5))) / steps;
    }

    /**
     * Runs the modulator from rest on one input, and decimates: the weighted mean of the feedback, whose weights are 1 for the
     * first order and N − 1, N − 2, … 0 for the second.
     *
     * @param u 0 to 1
     * @param offset of the quantiser
     * @param periods N, 2 or more
     */
    double incremental(double u, double offset, int periods) {
        // The first-order one begins half a step low, so that it counts; rounding of the sum must not lose a count.
        double first = order == 1 ? 1e-15 * periods - 0.5 : 0;
        double second = 0;
        double sum = 0;
        for (int k = 0; k < periods; k++) {
            double y = (order == 1 ? u + first : u + 2 * first + second) + offset;
            double feedback = quantised(y);
            second = kept * second + first;
            first = kept * first + u - feedback;
            sum += order == 1 ? feedback : (periods - 1 - k) * feedback;
        }
        return sum / weights(periods);
    }

    private double weights(double periods) {
        return order == 1 ? periods : periods * (periods - 1) / 2;
    }

    /** Standard deviation of the decimated value for noise of standard deviation 1 in each sample. */
    double noiseGain(double periods) {
        double squares = order == 1 ? periods : periods * (periods - 1) * (2 * periods - 1) / 6;
        return Math.sqrt(squares) / weights(periods);
    }
}
