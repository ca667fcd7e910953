package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.io.DecimalText;

/**
 * Resistive cells as resistors, or as behavioural sources of the hyperbolic-sine law.
 *
 * @param conductances N×M, siemens. Not modified.
 * @param alpha 1/V; 0: linear
 */
record ResistiveElements(DMatrixRMaj conductances, double alpha) implements SpiceCells {

    @Override
    public String elements(int row, int column, Pins at) {
        double g = conductances.get(row, column);
        double ohms = 1 / g;
        if (Double.isInfinite(ohms)) {
            return "";
        }
        String between = at.name() + " " + at.row() + " " + at.column() + " ";
        return alpha == 0
                ? "Rc" + between + DecimalText.of(ohms) + "\n"
                : "Bc" + between + "I=" + SpiceCells.constant(g / alpha) + "*sinh(" + SpiceCells.constant(alpha) + "*v("
                        + at.row() + "," + at.column() + "))\n";
    }
}
