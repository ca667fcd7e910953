package org.vmmlib.devices.nand;

import org.vmmlib.core.crossbar.SpiceCells;

/**
 * Strings as behavioural sources, one for each transistor, with the nodes between them. The charge at each end of a
 * transistor is one more unknown of the circuit, as in the flash room: the voltage z of a node of its own, which stands
 * for ln q below q = 1 and for q − 1 above, and whose current law is {@code 2q + ln q = v}.
 *
 * <p>A pass cell carries the small difference of two large charges, too small for the digits of two node voltages. So
 * its current is written with its own voltage: as {@code v_s − v_d = 2(f − r) + ln(f/r)} for the charges f and r of its
 * ends, {@code (f − r)(1 + f + r) = (v_s − v_d)(1 + s)/(2 + 2 a(z)/s)}, with s = f + r, z = (f − r)/s, the voltage of
 * one more node, and a = artanh(z)/z.
 */
record StringElements(StringBias bias, Series series) implements SpiceCells {

    @Override
    public String elements(int row, int column, Pins at) {
        int string = row * series.columns + column;
        int from = series.first[2 * string];
        int middle = series.first[2 * string + 1];
        int to = series.first[2 * string + 2];
        String selected = SpiceCells.constant(series.selected[string]);
        if (!bias.series()) {
            // The bit-select transistor is a switch.
            String closed = "(v(" + at.gate() + ")>" + SpiceCells.constant(bias.selectThreshold()) + " ? 1 : 0)*";
            return transistor("c", at.name(), at.row(), at.column(), selected, closed, 1, true);
        }
        StringBuilder below = new StringBuilder();
        String source = at.row();
        for (int s = from; s < middle; s++) {
            String next = "cn" + s + "x" + at.name();
            below.append(transistor(
                    "cl" + s + "x",
                    at.name(),
                    source,
                    next,
                    SpiceCells.constant(series.pinch[s]),
                    "",
                    series.ratio[s],
                    false));
            source = next;
        }
        StringBuilder above = new StringBuilder();
        String bitSelect = SpiceCells.constant(bias.gateSlope()) + "*v(" + at.gate() + ")+"
                + SpiceCells.constant(bias.selectBase());
        String drain = "ct" + at.name();
        above.append(transistor("cb", at.name(), drain, at.column(), bitSelect, "", bias.selectRatio(), false));
        for (int s = middle; s < to; s++) {
            String next = "cn" + s + "x" + at.name();
            above.append(transistor(
                    "cl" + s + "x",
                    at.name(),
                    next,
                    drain,
                    SpiceCells.constant(series.pinch[s]),
                    "",
                    series.ratio[s],
                    false));
            drain = next;
        }
        return transistor("c", at.name(), source, drain, selected, "", 1, true) + below + above;
    }

    /** A transistor whose current from source to drain node is the first line. */
    private String transistor(
            String tag,
            String name,
            String source,
            String drain,
            String pinch,
            String factor,
            double ratio,
            boolean withDibl) {
        String forward = tag + "f" + name;
        String reverse = tag + "r" + name;
        String f = charge(forward);
        String r = charge(reverse);
        String p = pinch + (withDibl ? lowering(source, drain) : "");
        String perVolt = SpiceCells.constant(1 / bias.thermalVoltage());
        String ratioNode = tag + "z" + name;
        String z = volts(ratioNode);
        String sum = "(" + f + "+" + r + ")";
        String square = z + "*" + z;
        String difference = "(" + f + "-" + r + ")";
        String artanh = "(abs(" + difference + ")<0.02*" + sum + " ? 1+" + square + "*(1/3+" + square + "*(1/5+"
                + square + "*(1/7+" + square + "/9))) : ln(" + f + "/" + r + ")/2*" + sum + "/" + difference + ")";
        double conductance = bias.specificCurrent() / bias.thermalVoltage() / ratio;
        return "B" + tag + name + " " + source + " " + drain + " I=" + factor + SpiceCells.constant(conductance) + "*v("
                + source + "," + drain + ")*(1+" + sum + ")/(2+2*" + artanh + "/" + sum + ")\n"
                + node(forward, p + "-" + perVolt + "*" + volts(source))
                + node(reverse, p + "-" + perVolt + "*" + volts(drain))
                + "B" + ratioNode + " 0 " + ratioNode + " I=" + difference + "/" + sum + "-" + z + "\n";
    }

    private static String volts(String node) {
        return "v(" + node + ")";
    }

    private static String charge(String node) {
        return "(v(" + node + ")<0 ? exp(v(" + node + ")) : 1+v(" + node + "))";
    }

    private static String node(String node, String v) {
        return "B" + node + " 0 " + node + " I=" + v + "-(v(" + node + ")<0 ? 2*exp(v(" + node + "))+v(" + node
                + ") : 2+2*v(" + node + ")+ln(1+v(" + node + ")))\n";
    }

    private String lowering(String source, String drain) {
        if (bias.coupling() == 0) {
            return "";
        }
        String y =
                "(" + SpiceCells.constant(1 / bias.thermalVoltage()) + "*(" + volts(drain) + "-" + volts(source) + "))";
        return "+" + SpiceCells.constant(bias.coupling()) + "*" + y + "*" + y + "/(sqrt(" + y + "*" + y + "+1)+1)";
    }
}
