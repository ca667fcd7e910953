package org.vmmlib.devices.transistor;

import org.vmmlib.core.crossbar.SpiceCells;

/**
 * A channel between two nodes as text for ngspice: an expression of its current, and the elements that make its charges.
 *
 * <p>The charge-based law has no closed form in the functions that SPICE knows, so its charges are unknowns of the
 * circuit: an internal node has the voltage z that stands for the charge q, and {@code 2q + ln q = v} is its current law.
 * Below q = 1, z is ln q; above, q − 1. Then the slope of v against z goes from 1 to 3 only, and Newton's method finds z
 * from anywhere in a few steps.
 *
 * @param current expression of the drain current, amperes, in node voltages
 * @param elements lines of the netlist that it needs, each with its line feed
 */
public record ChannelElements(String current, String elements) {

    /**
     * The text of one channel.
     *
     * @param channel at the temperature of the cells
     * @param name of the channel, unique; its nodes begin with {@code c}
     * @param pinchOff expression of V_P/U_t without DIBL
     * @param source expression of the source voltage
     * @param drain expression of the drain voltage
     */
    public static ChannelElements of(MosChannel channel, String name, String pinchOff, String source, String drain) {
        String perVolt = SpiceCells.constant(1 / channel.thermalVoltage());
        String v = pinchOff + lowering(channel, source, drain);
        String forward = v + "-" + perVolt + "*" + source;
        String reverse = v + "-" + perVolt + "*" + drain;
        String scale = SpiceCells.constant(channel.specificCurrent()) + "*";
        if (!channel.inversion()) {
            return new ChannelElements(
                    channel.saturation()
                            ? scale + "(exp(" + forward + ")-exp(" + reverse + "))"
                            : scale + "exp(" + forward + ")",
                    "");
        }
        String atSource = "cf" + name;
        String atDrain = "cr" + name;
        String f = charge(atSource);
        String r = charge(atDrain);
        return channel.saturation()
                ? new ChannelElements(
                        scale + "(" + f + "-" + r + ")*(1+" + f + "+" + r + ")",
                        node(atSource, forward) + node(atDrain, reverse))
                : new ChannelElements(scale + f + "*(1+" + f + ")", node(atSource, forward));
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
    private static String lowering(MosChannel channel, String source, String drain) {
        if (channel.dibl() == 0) {
            return "";
        }
        String across = "(" + drain + "-" + source + ")";
        String thermal = SpiceCells.constant(channel.thermalVoltage());
        return "+" + SpiceCells.constant(channel.kappa() * channel.dibl() / channel.thermalVoltage()) + "*" + across
                + "*" + across + "/(sqrt(" + across + "*" + across + "+" + thermal + "*" + thermal + ")+" + thermal
                + ")";
    }
}
