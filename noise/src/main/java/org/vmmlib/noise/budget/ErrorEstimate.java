package org.vmmlib.noise.budget;

/**
 * The error of one circuit in one view, in LSB: {@code rms² = bias² + spread²}.
 *
 * @param rms root mean square over chips and outputs
 * @param bias root mean square over outputs of the mean error over chips and noise, which is systematic; what is left of
 *     the spread in a mean of finitely many chips is taken off, and a square that falls below 0 by it shows as 0
 * @param spread root mean square over outputs of the standard deviation over chips and noise
 * @param bitsLost effective bits less than the circuit without imperfections has; before the quantiser, those that the
 *     levels would lose in an ideal quantiser, whose error is 1/√12 LSB
 * @param compared outputs compared, over all chips; those that circuit and ideal clip alike are none of them
 */
public record ErrorEstimate(Estimate rms, Estimate bias, Estimate spread, Estimate bitsLost, long compared) {

    /**
     * log2(full scale / (√12 · RMS error)); infinite where there is no error.
     *
     * @param bits word length, which full scale is 2^bits LSB of
     */
    public double effectiveBits(int bits) {
        return bits - Math.log(Math.sqrt(12) * rms.value()) / Math.log(2);
    }
}
