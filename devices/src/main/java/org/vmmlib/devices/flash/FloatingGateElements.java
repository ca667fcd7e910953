package org.vmmlib.devices.flash;

import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.SpiceCells;

/**
 * Floating-gate cells as behavioural sources.
 *
 * <p>The charge-based law has no closed form in the functions that SPICE knows, so its charges are unknowns of the
 * circuit: an internal node has the voltage z that stands for the charge q, and {@code 2q + ln q = v} is its current law.
 * Below q = 1, z is ln q; above, q − 1. Then the slope of v against z goes from 1 to 3 only, and Newton's method finds z
 * from anywhere in a few steps, without overflow and with the relative accuracy of small charges.
 *
 * @param channel at the temperature of the cells
 * @param thresholds N×M, volts above the reference cell. Not modified.
 * @param ratios N×M, gate efficiencies over that of the channel. Not modified.
 */
record FloatingGateElements(Channel channel, DMatrixRMaj thresholds, DMatrixRMaj ratios) implements SpiceCells {

    @Override
    public String elements(int row, int column, Pins at) {
        String source = "v(" + at.row() + ")";
        String drain = "v(" + at.column() + ")";
        String gate = "v(" + at.gate() + ")";
        String perVolt = SpiceCells.constant(1 / channel.thermalVoltage());
        String slope = SpiceCells.constant(ratios.get(row, column) * channel.gateSlope());
        // The drain current flows from the column to the row.
        String cell = "Bc" + at.name() + " " + at.row() + " " + at.column() + " I=-"
                + SpiceCells.constant(channel.specificCurrent()) + "*";
        String v = slope + "*(" + gate + "-"
                + SpiceCells.constant(channel.referenceThreshold() + thresholds.get(row, column)) + ")"
                + lowering(ratios.get(row, column), source, drain);
        String forward = v + "-" + perVolt + "*" + source;
        String reverse = v + "-" + perVolt + "*" + drain;
        if (!channel.inversion()) {
            return channel.saturation()
                    ? cell + "(" + exponential(forward) + "-" + exponential(reverse) + ")\n"
                    : cell + exponential(forward) + "\n";
        }
        String atSource = "cf" + at.name();
        String atDrain = "cr" + at.name();
        String f = charge(atSource);
        String r = charge(atDrain);
        return channel.saturation()
                ? cell + "(" + f + "-" + r + ")*(1+" + f + "+" + r + ")\n" + node(atSource, forward)
                        + node(atDrain, reverse)
                : cell + f + "*(1+" + f + ")\n" + node(atSource, forward);
    }

    /** e^v, and its tangent above where any cell works. */
    private static String exponential(String v) {
        return "exp(" + v + ")";
    }

    /** q as a function of the voltage z of a node. */
    private static String charge(String node) {
        return "(v(" + node + ")<0 ? exp(v(" + node + ")) : 1+v(" + node + "))";
    }

    /** The source that makes {@code 2q + ln q = v} at a node. */
    private static String node(String node, String v) {
        return "B" + node + " 0 " + node + " I=" + v + "-(v(" + node + ")<0 ? 2*exp(v(" + node + "))+v(" + node
                + ") : 2+2*v(" + node + ")+ln(1+v(" + node + ")))\n";
    }

    /** What DIBL adds to v. */
    private String lowering(double ratio, String source, String drain) {
        if (channel.dibl() == 0) {
            return "";
        }
        String across = "(" + drain + "-" + source + ")";
        String thermal = SpiceCells.constant(channel.thermalVoltage());
        return "+" + SpiceCells.constant(ratio * channel.drainSlope()) + "*" + across + "*" + across + "/(sqrt("
                + across + "*" + across + "+" + thermal + "*" + thermal + ")+" + thermal + ")";
    }
}
