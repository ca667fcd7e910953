package org.vmmlib.peripherals.sensing;

import java.util.List;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.random.RandomStream;

/**
 * The binary-weighted output of a current mirror: branch j is 2^j unit transistors, the input is m of them, and a word says
 * which branches are on, so that the gain is {@code word / m}; 2^−k where one branch is on and m is large enough. It is the
 * scaling factor of a neuron (aCortex: Bavandpour et al., IEEE JXCDC 2020,
 * <a href="https://doi.org/10.1109/JXCDC.2020.2999581">doi:10.1109/JXCDC.2020.2999581</a>).
 *
 * <p>Mismatch: by Pelgrom's law a branch of 2^j units has the relative standard deviation {@code σ/sqrt(2^j)}, and the input
 * {@code σ/sqrt(m)}, so that the gain has {@code σ sqrt(1/word + 1/m)} to first order (derived). A chip's branches are
 * drawn once, whatever the word.
 *
 * @param branches number of branches, 1 to 12
 * @param word which of them are on, 1 to 2^branches − 1
 * @param inputUnits m, 1 to 4096
 * @param unitMismatch σ, relative standard deviation of a unit transistor's current, 0 to 0.1; see
 *     {@link org.vmmlib.peripherals.dac.Pelgrom}
 * @param unitArea of a unit transistor, square metres, 0 or above
 * @param switchArea of what switches a branch, square metres, 0 or above
 */
public record BinaryBranches(
        int branches, int word, int inputUnits, double unitMismatch, double unitArea, double switchArea) {

    /** Checks the ranges. */
    public BinaryBranches {
        Require.within("branches", branches, 1, 12);
        Require.within("word", word, 1, (1 << branches) - 1);
        Require.within("inputUnits", inputUnits, 1, 1 << 12);
        Require.within("unitMismatch", unitMismatch, 0, 0.1);
        Require.nonNegative("unitArea", unitArea);
        Require.nonNegative("switchArea", switchArea);
    }

    /**
     * Matched branches that divide by 2^k, out of k + 1, with the areas chosen: 0.4 µm² a unit, 0.6 µm² a switch.
     *
     * @param k 0 to 11
     */
    public static BinaryBranches dividing(int k) {
        Require.within("k", k, 0, 11);
        return new BinaryBranches(k + 1, 1, 1 << k, 0, 0.4e-12, 0.6e-12);
    }

    /** The same with another word. */
    public BinaryBranches withWord(int on) {
        return new BinaryBranches(branches, on, inputUnits, unitMismatch, unitArea, switchArea);
    }

    /** The same with another mismatch of a unit. */
    public BinaryBranches withUnitMismatch(double sigma) {
        return new BinaryBranches(branches, word, inputUnits, sigma, unitArea, switchArea);
    }

    /** Output current over input current, ideally. */
    public double gain() {
        return (double) word / inputUnits;
    }

    /** Relative standard deviation of the gain, to first order in the units' mismatch. */
    public double gainSpread() {
        return unitMismatch * Math.sqrt(1.0 / word + 1.0 / inputUnits);
    }

    /** Area of the input, the branches and their switches, of one column, square metres. */
    public double area() {
        return (inputUnits + (1 << branches) - 1) * unitArea + branches * switchArea;
    }

    /** Multiplies gains, one a column, by what mismatch makes of the ideal one. */
    void scale(double[] gains, Die die) {
        if (unitMismatch == 0) {
            return;
        }
        RandomStream stream = die.stream(MirrorSensing.BRANCHES);
        double[] draws = new double[branches + 1];
        for (int column = 0; column < gains.length; column++) {
            stream.gaussians((long) column * draws.length, draws, 0, draws.length);
            double on = 0;
            for (int j = 0; j < branches; j++) {
                if (((word >> j) & 1) == 1) {
                    double units = 1 << j;
                    on += units + Math.sqrt(units) * unitMismatch * draws[j];
                }
            }
            double input = 1 + unitMismatch * draws[branches] / Math.sqrt(inputUnits);
            gains[column] *= on / (word * input);
        }
    }

    List<Datasheet.Entry> entries(String source) {
        return List.of(
                new Datasheet.Entry("branches", branches, "", source),
                new Datasheet.Entry("word of the branches", word, "", source),
                new Datasheet.Entry("units of the input", inputUnits, "", source),
                new Datasheet.Entry("unit mismatch (relative sigma)", unitMismatch, "", source),
                new Datasheet.Entry("area of a unit", unitArea, "m2", source),
                new Datasheet.Entry("area of a branch's switch", switchArea, "m2", source));
    }
}
