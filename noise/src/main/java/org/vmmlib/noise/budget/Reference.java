package org.vmmlib.noise.budget;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.signal.Signal;

/**
 * What outputs are compared with in one view.
 *
 * @param view which
 * @param ideal exact outputs. Not modified.
 * @param low at and below it a value is clipped
 * @param high at and above it a value is clipped
 * @param fullScale range of the ideal output
 * @param lsb what errors are divided by
 */
record Reference(View view, DMatrixRMaj ideal, double low, double high, double fullScale, double lsb) {

    /** Levels: those of outputs that an ideal converter would not clip. */
    static Reference beforeQuantiser(Macro macro, ProgrammedMacro programmed, Signal inputs, int bits) {
        if (macro.converter().isEmpty()) {
            return ofRange(View.BEFORE_QUANTISER, programmed.ideal(inputs), bits);
        }
        Converter converter = macro.converter().get();
        DMatrixRMaj levels = programmed.plan().product(inputs);
        CommonOps_DDRM.scale(macro.gain() / programmed.plan().weightScale(), levels);
        if (!outputsAreConverted(programmed)) {
            return ofRange(View.BEFORE_QUANTISER, levels, bits);
        }
        double[] thresholds = converter.thresholds();
        double first = thresholds[0];
        double last = thresholds[thresholds.length - 1];
        double step = step(converter, last - first);
        return new Reference(
                View.BEFORE_QUANTISER, levels, first - step / 2, last + step / 2, step * (1 << bits), step);
    }

    /** The width of a code; of unequal codes, the mean of those between the thresholds. */
    private static double step(Converter converter, double betweenThresholds) {
        int codes = 1 << converter.bits();
        if (converter.activation().uniform()) {
            double range = converter.activation() == Activation.LINEAR ? 2 : 1;
            return range * converter.fullScale() / codes;
        }
        return codes == 2 ? converter.fullScale() : betweenThresholds / (codes - 2);
    }

    /** What words stand for. */
    static Reference afterQuantiser(Converter converter, ProgrammedMacro programmed, Signal inputs) {
        DMatrixRMaj ideal = programmed.ideal(inputs);
        if (!outputsAreConverted(programmed)) {
            return ofRange(View.AFTER_QUANTISER, ideal, converter.bits());
        }
        int codes = 1 << converter.bits();
        return new Reference(
                View.AFTER_QUANTISER,
                ideal,
                converter.reconstruct(0),
                converter.reconstruct(codes - 1),
                1,
                1.0 / codes);
    }

    /** Whether each output is what one converter gives, and not a digital sum of several. */
    private static boolean outputsAreConverted(ProgrammedMacro programmed) {
        return programmed.plan().outputs() == programmed.plan().converterInputs();
    }

    private static Reference ofRange(View view, DMatrixRMaj ideal, int bits) {
        double range = Arrays.stream(ideal.data, 0, ideal.getNumElements())
                        .max()
                        .orElseThrow()
                - Arrays.stream(ideal.data, 0, ideal.getNumElements()).min().orElseThrow();
        if (!(range > 0)) {
            throw new IllegalArgumentException("inputs: all ideal outputs are equal, so there is no full scale to"
                    + " measure errors by; give inputs that make them differ");
        }
        return new Reference(
                view, ideal, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, range, range / (1 << bits));
    }

    int outputs() {
        return ideal.getNumElements();
    }

    /**
     * Errors in LSB, NaN where an output is not compared: clipped alike in circuit and ideal; before the quantiser, clipped
     * in the ideal, so that the same outputs are compared in every circuit.
     *
     * @param actual as the ideal. Not modified.
     * @param errors Modified: from {@code from} on.
     */
    void errors(DMatrixRMaj actual, float[] errors, int from) {
        for (int k = 0; k < outputs(); k++) {
            double a = view == View.BEFORE_QUANTISER ? ideal.data[k] : actual.data[k];
            double b = ideal.data[k];
            boolean clippedAlike = (a <= low && b <= low) || (a >= high && b >= high);
            errors[from + k] = clippedAlike ? Float.NaN : (float) ((actual.data[k] - b) / lsb);
        }
    }
}
