package org.vmmlib.devices.access;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.transistor.ChannelElements;
import org.vmmlib.devices.transistor.MosChannel;
import org.vmmlib.devices.transistor.MosTransistor;

/**
 * The 2T2R signed pair: two passive 1T1R cells with one gate line, whose resistors meet at the column. The positive cell
 * leads to a rail below the column and sinks current from it, the negative cell to a rail above and sources it; what the
 * column gets is the difference, {@code G+ (V_col − V_low) − G− (V_high − V_col)} in the limit of ideal switches.
 * Spiking accelerators use such signed arrays (Saxena, Moussa, CMOS-RRAM neuromorphic accelerators using multi-bit
 * neurons, Fig. 1).
 *
 * <p>The rails follow the row line: their voltages count from it, and the row line carries the sum of both cells' currents.
 * An array whose rails have no resistance is exactly this. The current from the upper to the lower rail passes through
 * the rails' supply, not through the array's terminals, and an array's dissipated power does not hold it:
 * {@code V_high I_high − V_low I_low} less what the row terminal delivers.
 *
 * <p>The states are {@code positive} and {@code negative}, conductances of the resistors in siemens. A normalised weight w
 * of 0 to 1 stands for the signed weight {@code s = 2w − 1}: the cell of its sign carries |s|, the other has its
 * lowest conductance. 0.5 is a weight of zero.
 */
public final class SignedPair implements SpiceLaw {

    private final SwitchedResistor cell;
    private final double lowRail;
    private final double highRail;
    private final double restVoltage;
    private final String source;
    private final List<StatePlane> planes;
    private final SeriesResistor positive;
    private final SeriesResistor negative;

    /**
     * A pair.
     *
     * @param cell each of the two: its window, transistor and gate voltage
     * @param lowRail voltage of the positive cells' rail above the row line, volts
     * @param highRail voltage of the negative cells' rail above the row line, volts, above the low rail
     * @param restVoltage column voltage at which cells are tuned, volts, between the rails
     * @param source where the voltages come from
     * @throws IllegalArgumentException if the voltages are not in that order
     */
    public SignedPair(SwitchedResistor cell, double lowRail, double highRail, double restVoltage, String source) {
        this.lowRail = Require.finite("lowRail", lowRail);
        this.highRail = Require.within("highRail", highRail, Math.nextUp(lowRail), Double.MAX_VALUE);
        this.restVoltage = Require.within("restVoltage", restVoltage, Math.nextUp(lowRail), Math.nextDown(highRail));
        this.source = source;
        this.cell = cell.toBuilder().inputOnGates().resistorAtRow(false).build();
        ConductanceWindow window = cell.resistor().window();
        planes = List.of(
                new StatePlane("positive", "S", window.low(), window.high()),
                new StatePlane("negative", "S", window.low(), window.high()));
        positive = new SeriesResistor(window, false, cell.gate(), lowRail, restVoltage);
        negative = new SeriesResistor(window, false, cell.gate(), highRail, restVoltage);
    }

    /**
     * The synapse of a spiking accelerator in 65 nm: 2 µA through a full cell, at a supply of 1.2 V. Rails 0.1 V around the
     * column.
     */
    public static SignedPair spiking65() {
        MosTransistor transistor = MosTransistor.builder()
                .specificCurrent(5 * Si.uA)
                .from("chosen: about 6 squares")
                .threshold(0.45)
                .from("chosen: usual in 65-nm low-power CMOS")
                .dibl(0.02)
                .from("chosen: usual in 65-nm low-power CMOS")
                .thresholdDrift(-1e-3)
                .from("chosen: usual in bulk CMOS")
                .build();
        ConductanceWindow window = new ConductanceWindow(
                1e-6,
                20e-6,
                0.25 * Si.um2,
                "upper end: pulses of 2 µA at 0.1 V of Saxena, Moussa, CMOS-RRAM"
                        + " accelerators using multi-bit neurons; lower end chosen",
                "chosen: 60 F² at 65 nm for two cells");
        SwitchedResistor cell = SwitchedResistor.builder(window, transistor)
                .gate(1.2)
                .from("supply voltage, Saxena, Moussa, CMOS-RRAM accelerators using multi-bit neurons")
                .build();
        return new SignedPair(cell, 0, 0.2, 0.1, "chosen: 0.1 V across each cell");
    }

    /** Column voltage at which cells are tuned, volts; also where an array's columns are to be held. */
    public double restVoltage() {
        return restVoltage;
    }

    /** Gate voltage that selects a pair, volts. */
    public double gate() {
        return cell.gate();
    }

    /**
     * The state that stores signed weights.
     *
     * @param weights N×M in [−1, 1]. Not modified.
     * @param conditions when the cells are tuned
     */
    public CellState storeSigned(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, -1, 1);
        DMatrixRMaj half = weights.copy();
        for (int k = 0; k < half.data.length; k++) {
            half.data[k] = (half.data[k] + 1) / 2;
        }
        return store(half, conditions);
    }

    @Override
    public Topology topology() {
        return Topology.GATE_DRIVEN;
    }

    /** False: rails, gate and bulk are more terminals. */
    @Override
    public boolean twoTerminal() {
        return false;
    }

    /** Two planes, {@code positive} and {@code negative}, in siemens. */
    @Override
    public List<StatePlane> planes() {
        return planes;
    }

    private MosChannel channel(Conditions conditions) {
        return cell.channel(conditions);
    }

    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj plus = SeriesResistor.conductances(state, planes);
        DMatrixRMaj minus = state.plane("negative");
        double kelvin = conditions.temperature();
        if (!cell.hasChannel()) {
            return new IdealPairCells(plus, minus, lowRail, highRail, cell.switchThreshold(), kelvin);
        }
        return new SignedPairCells(
                new TransistorResistorCells(channel(conditions), plus, false, Double.NaN, lowRail, kelvin),
                new TransistorResistorCells(channel(conditions), minus, false, Double.NaN, highRail, kelvin));
    }

    /** One behavioural source a pair, whose inner nodes have the currents of resistors and channels as their equations. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj plus = SeriesResistor.conductances(state, planes);
        DMatrixRMaj minus = state.plane("negative");
        MosChannel channel = channel(conditions);
        boolean real = cell.hasChannel();
        String threshold = SpiceCells.constant(cell.switchThreshold());
        return (i, j, at) -> {
            Half low = new Half(real ? channel : null, "p" + at.name(), lowRail, plus.get(i, j), at);
            Half high = new Half(real ? channel : null, "n" + at.name(), highRail, minus.get(i, j), at);
            String sum = "(" + low.current() + "+" + high.current() + ")";
            return "Bc" + at.name() + " " + at.row() + " " + at.column() + " I="
                    + (real ? sum : "(v(" + at.gate() + ")>" + threshold + " ? 1 : 0)*" + sum) + "\n"
                    + low.elements()
                    + high.elements();
        };
    }

    /** One of the two cells as text; its current counts from rail to column. */
    private record Half(
            @Nullable MosChannel channel, String name, double rail, double conductance, SpiceCells.Pins at) {

        private String railVoltage() {
            return "(v(" + at.row() + ")+" + SpiceCells.constant(rail) + ")";
        }

        private String inner() {
            return channel == null ? railVoltage() : "v(cx" + name + ")";
        }

        String current() {
            return SpiceCells.constant(conductance) + "*(" + inner() + "-v(" + at.column() + "))";
        }

        String elements() {
            if (channel == null || conductance == 0) {
                return "";
            }
            ChannelElements text = ChannelElements.of(
                    channel,
                    name,
                    TransistorResistorElements.pinchOff(channel, Double.NaN, at),
                    inner(),
                    railVoltage());
            return "Bcx" + name + " 0 cx" + name + " I=" + text.current() + "-" + current() + "\n" + text.elements();
        }
    }

    /** The read currents of both cells at the ends of the window, and the span that both have. */
    private record Spans(double[] positive, double[] negative) {
        double common() {
            return Math.min(positive[1] - positive[0], negative[1] - negative[0]);
        }
    }

    private Spans spans(Conditions conditions) {
        return spans(conditions, positive, negative);
    }

    private Spans spans(Conditions conditions, SeriesResistor plus, SeriesResistor minus) {
        if (cell.hasChannel()) {
            MosChannel channel = channel(conditions);
            return new Spans(plus.ends(channel), minus.ends(channel));
        }
        ConductanceWindow window = positive.window();
        double below = plus.column() - lowRail;
        double above = highRail - minus.column();
        return new Spans(
                new double[] {window.low() * below, window.high() * below},
                new double[] {window.low() * above, window.high() * above});
    }

    /**
     * Both signs have one scale: a full weight adds the smaller of the two cells' spans of current, so that one of them may not
     * reach its highest conductance.
     */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        Spans spans = spans(conditions);
        DMatrixRMaj plus = new DMatrixRMaj(weights.numRows, weights.numCols);
        DMatrixRMaj minus = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < plus.data.length; k++) {
            double signed = 2 * weights.data[k] - 1;
            plus.data[k] = conductance(positive, spans.positive, spans.common() * Math.max(0, signed), conditions);
            minus.data[k] = conductance(negative, spans.negative, spans.common() * Math.max(0, -signed), conditions);
        }
        return new CellState(planes, plus, minus);
    }

    /** The conductance that adds a current to the lowest. */
    private double conductance(SeriesResistor half, double[] ends, double added, Conditions conditions) {
        return added == 0 ? half.window().low() : at(half, ends[0] + added, conditions);
    }

    private double at(SeriesResistor half, double current, Conditions conditions) {
        ConductanceWindow window = half.window();
        double magnitude = Math.max(0, current);
        return cell.hasChannel()
                ? half.conductanceAt(magnitude, channel(conditions))
                : Math.max(window.low(), Math.min(window.high(), magnitude / Math.abs(half.row() - half.column())));
    }

    /** The error is in the difference of the two currents; the cell that carries more of it is off. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj plus = SeriesResistor.conductances(target, planes).copy();
        DMatrixRMaj minus = target.plane("negative").copy();
        SeriesResistor.refuseErrors(relativeError, plus);
        double[] down = currents(positive, plus, conditions);
        double[] up = currents(negative, minus, conditions);
        for (int k = 0; k < plus.data.length; k++) {
            double shift = (down[k] - up[k]) * relativeError.data[k];
            if (down[k] >= up[k]) {
                plus.data[k] = at(positive, down[k] + shift, conditions);
            } else {
                minus.data[k] = at(negative, up[k] - shift, conditions);
            }
        }
        return new CellState(planes, plus, minus);
    }

    private double[] currents(SeriesResistor half, DMatrixRMaj conductances, Conditions conditions) {
        if (cell.hasChannel()) {
            return half.readCurrents(conductances, channel(conditions));
        }
        double[] out = new double[conductances.getNumElements()];
        for (int k = 0; k < out.length; k++) {
            out[k] = conductances.data[k] * Math.abs(half.row() - half.column());
        }
        return out;
    }

    /** What a signed weight of +1 has over −1: twice the common span, at the gate and column voltages. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        if (kind != DriveKind.GATE_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": these cells are driven by a " + DriveKind.GATE_VOLTAGE);
        }
        DMatrixRMaj ends = new DMatrixRMaj(1, 2, true, new double[] {0, 1});
        double[] current = new double[2];
        bind(store(ends, conditions), conditions)
                .evaluate(
                        0,
                        drive,
                        new double[2],
                        SeriesResistor.filled(2, columnVoltage),
                        current,
                        new double[2],
                        new double[2]);
        return current[0] - current[1];
    }

    /** Area of both cells, square metres. */
    @Override
    public double cellArea() {
        return cell.cellArea();
    }

    @Override
    public List<Imperfection> imperfections() {
        return cell.imperfections();
    }

    @Override
    public SignedPair without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        return new SignedPair(cell.without(imperfection), lowRail, highRail, restVoltage, source);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet.Builder sheet = Datasheet.of("2T2R signed pair of 1T1R cells")
                .add("low rail above the row", lowRail, "V", source)
                .add("high rail above the row", highRail, "V", source)
                .add("column voltage where tuned", restVoltage, "V", source);
        cell.datasheet().entries().stream()
                .filter(e -> !e.parameter().equals("read voltage"))
                .forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        return sheet.build();
    }
}
