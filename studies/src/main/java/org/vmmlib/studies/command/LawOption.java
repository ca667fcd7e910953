package org.vmmlib.studies.command;

import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.Crossbar;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.devices.reram.SinhReram;

/**
 * The law of the cells as an option gives it: {@code linear}, or {@code sinh:alpha=A} for {@code i = (g/A) sinh(A v)}.
 *
 * @param alpha A, 1/V; 0 is the linear law
 */
record LawOption(double alpha) {

    private static final String LINEAR = "linear";
    private static final String SINH = "sinh:alpha=";

    /** Up to here the cell follows its sinh; above, it goes on as the tangent. */
    private static final double MOST_ALPHA_VOLTS = 300;

    /**
     * @throws IllegalArgumentException if the text is of neither form, or alpha is not a finite number above 0
     */
    static LawOption parse(String text) {
        if (text.equals(LINEAR)) {
            return new LawOption(0);
        }
        if (!text.startsWith(SINH)) {
            throw refused(text);
        }
        double alpha;
        try {
            alpha = Double.parseDouble(text.substring(SINH.length()));
        } catch (NumberFormatException e) {
            throw refused(text);
        }
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw refused(text);
        }
        return new LawOption(alpha);
    }

    private static IllegalArgumentException refused(String text) {
        return new IllegalArgumentException("--law = " + text
                + ": must be linear, or sinh:alpha=A with a finite A > 0 in 1/V, such as sinh:alpha=3");
    }

    /** An array of cells of this law. */
    Crossbar array(DMatrixRMaj conductances, Lines lines) {
        ConductanceWindow any = ConductanceWindow.any();
        if (alpha == 0) {
            LinearReram cell = new LinearReram(any);
            return new Crossbar(cell, cell.state(conductances), lines);
        }
        SinhReram cell = new SinhReram(any, alpha);
        return new Crossbar(cell, cell.state(conductances), lines);
    }

    /**
     * Requires inputs at which the law holds. No node of a passive array leaves the range of its terminal voltages, here
     * the inputs and 0 V, so no cell sees more than that range.
     *
     * @param voltages B×N, volts. Not modified.
     * @throws IllegalArgumentException if a cell might see more than 300/A volts
     */
    void requireInRange(DMatrixRMaj voltages) {
        int rows = voltages.numCols;
        for (int b = 0; b < voltages.numRows; b++) {
            double lowest = 0;
            double highest = 0;
            for (int i = 0; i < rows; i++) {
                lowest = Math.min(lowest, voltages.data[b * rows + i]);
                highest = Math.max(highest, voltages.data[b * rows + i]);
            }
            if (alpha != 0 && !(alpha * (highest - lowest) <= MOST_ALPHA_VOLTS)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "--law = sinh:alpha=%s: input %d spans %s V: alpha times that must be %s or less; lower the "
                                + "voltages",
                        alpha,
                        b,
                        highest - lowest,
                        MOST_ALPHA_VOLTS));
            }
        }
    }
}
