package org.vmmlib.devices.access;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.io.DecimalText;
import org.vmmlib.devices.transistor.ChannelElements;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * 1T1R cells as a resistor and a behavioural channel, with the inner node between them.
 *
 * @param channel at the temperature of the cells
 * @param conductances N×M, siemens. Not modified.
 * @param resistorAtRow whether the resistor is on the side of the row
 * @param heldGate gate voltage of all cells, volts; NaN: that of the row
 */
record TransistorResistorElements(MosChannel channel, DMatrixRMaj conductances, boolean resistorAtRow, double heldGate)
        implements SpiceCells {

    @Override
    public String elements(int row, int column, Pins at) {
        double ohms = 1 / conductances.get(row, column);
        if (Double.isInfinite(ohms)) {
            return "";
        }
        String inner = "cx" + at.name();
        String end = resistorAtRow ? at.column() : at.row();
        ChannelElements text = ChannelElements.of(
                channel, at.name(), pinchOff(channel, heldGate, at), "v(" + inner + ")", "v(" + end + ")");
        String resistor = DecimalText.of(ohms);
        // The text's current flows from the far end to the inner node.
        return resistorAtRow
                ? "Rc" + at.name() + " " + at.row() + " " + inner + " " + resistor + "\nBc" + at.name() + " " + end
                        + " " + inner + " I=" + text.current() + "\n" + text.elements()
                : "Bc" + at.name() + " " + end + " " + inner + " I=" + text.current() + "\nRc" + at.name() + " " + inner
                        + " " + at.column() + " " + resistor + "\n" + text.elements();
    }

    static String pinchOff(MosChannel channel, double heldGate, Pins at) {
        return Double.isNaN(heldGate)
                ? SpiceCells.constant(channel.kappa() / channel.thermalVoltage()) + "*(v(" + at.gate() + ")-"
                        + SpiceCells.constant(channel.threshold()) + ")"
                : SpiceCells.constant(channel.pinchOff(heldGate));
    }
}
