package org.vmmlib.devices.reram;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SpiceCells;

/**
 * Cells of a hopping gap in series with a filament. An internal node has the voltage of the filament's end; what holds
 * it there carries no net current.
 *
 * @param law the law
 * @param gaps N×M, metres. Not modified.
 * @param widths N×M, metres. Not modified.
 */
record PkuElements(PkuReram law, DMatrixRMaj gaps, DMatrixRMaj widths) implements SpiceCells {

    @Override
    public String elements(int row, int column, Pins at) {
        double gap = gaps.get(row, column);
        double width = widths.get(row, column);
        String scale = SpiceCells.constant(law.voltageScale());
        String across = "v(" + at.row() + "," + at.column() + ")";
        String start = "Bc" + at.name() + " " + at.row() + " " + at.column() + " I="
                + SpiceCells.constant(law.currentBeside(width)) + "*sinh(" + across + "/" + scale + ")+";
        double ohms = law.filamentResistance(gap, width);
        if (gap == 0) {
            return start + across + "/" + SpiceCells.constant(ohms) + "\n";
        }
        String node = "c" + at.name();
        String hopping = SpiceCells.constant(law.gapCurrent(gap, width)) + "*sinh(v(" + at.row() + "," + node + ")/"
                + scale + ")";
        // With the gap as long as the oxide there is no filament, and the node is the column.
        return start + hopping + "\nBcf" + at.name() + " " + node + " 0 I=v(" + node + "," + at.column() + ")-"
                + SpiceCells.constant(ohms) + "*" + hopping + "\n";
    }
}
