package org.vmmlib.devices.access;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Ekv;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * Cells with a resistor g between terminal a and an inner node x, and a channel between x and terminal b. What flows
 * from a to b is {@code g (a − x) = J(x, b)}, J the channel's current from x to b.
 *
 * <p>The net current of the node, {@code F(x) = g (a − x) − J}, falls with x, and without DIBL it is convex. Halley's steps
 * start from the largest of three bounds below the root of that case: the lower terminal, the tangent of F at b, and the
 * root of the law without its q² term, which has a closed form and is exact in weak inversion. A bracket and halving
 * guard the steps. The last, linear, step is taken
 * for the current itself, {@code I = (g_x g (a − x) + g J)/(g + g_x)} with g_x = ∂J/∂x, which loses no digits whether the
 * channel or the resistor limits.
 */
final class TransistorResistorCells implements ArrayCells {

    /** A step below this part of U_t leaves an error of its cube. */
    private static final double CLOSE = 5e-4;

    private final MosChannel channel;
    private final DMatrixRMaj conductances;
    private final boolean resistorAtRow;
    private final double heldGate;
    private final double rowShift;
    private final double temperature;
    private final TransistorResistorRows rows;

    /** 1/ρ of each cell, ρ = g U_t/I_spec. */
    private final double[] perRatios;

    /** {@code 2ρ/(1 + 2ρ)}, or 2ρ on the exponential law: q of the first guess is that times a charge. */
    private final double[] scales;

    /** Logarithms of the scales. */
    private final double[] logScales;

    /**
     * The cells.
     *
     * @param channel at the temperature of the cells
     * @param conductances N×M of the resistors, siemens, 0 or above. Not modified.
     * @param resistorAtRow whether terminal a is the row, else the column
     * @param heldGate gate voltage of all cells, volts; NaN: that of the row
     * @param rowShift voltage of the cells' row terminal above the row line, volts
     * @param temperature kelvin
     */
    TransistorResistorCells(
            MosChannel channel,
            DMatrixRMaj conductances,
            boolean resistorAtRow,
            double heldGate,
            double rowShift,
            double temperature) {
        this.channel = channel;
        this.conductances = conductances;
        this.resistorAtRow = resistorAtRow;
        this.heldGate = heldGate;
        this.rowShift = rowShift;
        this.temperature = temperature;
        int count = conductances.getNumElements();
        perRatios = new double[count];
        scales = new double[count];
        logScales = new double[count];
        for (int k = 0; k < count; k++) {
            double ratio = conductances.data[k] * channel.thermalVoltage() / channel.specificCurrent();
            perRatios[k] = 1 / ratio;
            scales[k] = channel.inversion() ? 2 * ratio / (1 + 2 * ratio) : 2 * ratio;
            logScales[k] = Math.log(scales[k]);
        }
        rows = new TransistorResistorRows(channel, conductances);
    }

    @Override
    public Topology topology() {
        return Double.isNaN(heldGate) ? Topology.GATE_DRIVEN : Topology.SOURCE_DRIVEN;
    }

    @Override
    public int rows() {
        return conductances.numRows;
    }

    @Override
    public int columns() {
        return conductances.numCols;
    }

    @Override
    public void evaluate(
            int row,
            double gate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        int columns = conductances.numCols;
        Arrays.fill(current, 0, columns, 0);
        Arrays.fill(slopeRow, 0, columns, 0);
        Arrays.fill(slopeColumn, 0, columns, 0);
        add(row, gate, vRow, vColumn, current, slopeRow, slopeColumn);
    }

    /** Adds currents and slopes of a row to what the arrays hold. */
    void add(
            int row,
            double rowGate,
            double[] vRow,
            double[] vColumn,
            double[] current,
            double[] slopeRow,
            double[] slopeColumn) {
        double gate = Double.isNaN(heldGate) ? rowGate : heldGate;
        if (gate == Double.NEGATIVE_INFINITY) {
            return;
        }
        int columns = conductances.numCols;
        double pinchOff = channel.pinchOff(gate);
        double perVolt = 1 / channel.thermalVoltage();
        TransistorResistorRows.Row at = rows.row();
        normalise(columns, vRow, rowShift, perVolt, resistorAtRow ? at.a : at.b);
        normalise(columns, vColumn, 0, perVolt, resistorAtRow ? at.b : at.a);
        if (!rows.solve(row, pinchOff, at)) {
            for (int j = 0; j < columns; j++) {
                if (!at.isClose(j)) {
                    cell(row * columns + j, j, pinchOff, vRow[j], vColumn[j], at);
                }
            }
        }
        double specific = channel.specificCurrent();
        double slopeScale = specific * perVolt;
        if (resistorAtRow) {
            addTo(columns, specific, at.current, current);
            addTo(columns, slopeScale, at.slopeA, slopeRow);
            addTo(columns, -slopeScale, at.slopeB, slopeColumn);
        } else {
            addTo(columns, -specific, at.current, current);
            addTo(columns, slopeScale, at.slopeB, slopeRow);
            addTo(columns, -slopeScale, at.slopeA, slopeColumn);
        }
    }

    private static void normalise(int count, double[] v, double shift, double perVolt, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] = (v[j] + shift) * perVolt;
        }
    }

    private static void addTo(int count, double scale, double[] x, double[] out) {
        for (int j = 0; j < count; j++) {
            out[j] += scale * x[j];
        }
    }

    /** A cell by itself, where the rows' method does not reach: over I_spec, its slopes over I_spec/U_t. */
    private void cell(int cell, int j, double pinchOff, double vRow, double vColumn, TransistorResistorRows.Row at) {
        double conductance = conductances.data[cell];
        if (conductance == 0) {
            at.current[j] = 0;
            at.slopeA[j] = 0;
            at.slopeB[j] = 0;
            return;
        }
        double atRow = vRow + rowShift;
        double a = resistorAtRow ? atRow : vColumn;
        double b = resistorAtRow ? vColumn : atRow;
        double x = node(cell, pinchOff, a, b);
        double thermal = channel.thermalVoltage();
        double slopeScale = channel.specificCurrent() / thermal;
        double slopeX = channel.sourceSlope(pinchOff, x, b);
        double slopeB = channel.drainSlope(pinchOff, x, b);
        double part = 1 / (conductance + slopeX);
        double flow = -channel.current(pinchOff, x, b);
        at.current[j] = part * (slopeX * (conductance * (a - x)) + conductance * flow) / channel.specificCurrent();
        at.slopeA[j] = part * conductance * slopeX / slopeScale;
        at.slopeB[j] = part * conductance * slopeB / slopeScale;
    }

    /** The voltage of the inner node of a cell with a conductance above 0, to 1e-9 U_t or a rounding. */
    private double node(int cell, double pinchOff, double a, double b) {
        double thermal = channel.thermalVoltage();
        double perVolt = 1 / thermal;
        double conductance = conductances.data[cell];
        double specific = channel.specificCurrent();
        double slopeScale = specific * perVolt;
        double lift = channel.kappa() * channel.dibl();
        boolean inversion = channel.inversion();
        boolean saturation = channel.saturation();
        double across = a - b;
        double root = thermal;
        double v = pinchOff;
        if (lift != 0) {
            root = Math.sqrt(across * across + thermal * thermal);
            v += lift * perVolt * (root - thermal);
        }
        double f = 0;
        double currentAtB = 0;
        if (saturation) {
            double atB = v - b * perVolt;
            f = inversion ? Ekv.charge(atB) : channel.slope(atB);
            currentAtB = inversion ? f * (1 + f) : channel.normalised(atB);
        }
        double perRatio = perRatios[cell];
        double weak = a
                + thermal
                        * perRatio
                        * (scales[cell] * Ekv.charge(currentAtB * perRatio + v - a * perVolt - logScales[cell])
                                - currentAtB);
        double tangent = b + conductance * across / (conductance + slopeScale * f);
        double low = saturation ? Math.min(a, b) : a;
        double high = saturation ? Math.max(a, b) : Double.POSITIVE_INFINITY;
        double x = Math.max(low, Math.min(high, Math.max(weak, tangent)));
        double close = CLOSE * thermal + 4 * Math.ulp(Math.max(Math.abs(a), Math.abs(b)));
        for (int k = 0; k < 100; k++) {
            across = x - b;
            double coupling = 0;
            if (lift != 0) {
                root = Math.sqrt(across * across + thermal * thermal);
                v = pinchOff + lift * perVolt * (root - thermal);
                coupling = lift * across / root;
                if (saturation) {
                    double atB = v - b * perVolt;
                    f = inversion ? Ekv.charge(atB) : channel.slope(atB);
                    currentAtB = inversion ? f * (1 + f) : channel.normalised(atB);
                }
            } else {
                v = pinchOff;
            }
            double atX = v - x * perVolt;
            double r;
            double net;
            double bend;
            if (inversion) {
                r = Ekv.charge(atX);
                net = (f - r) * (1 + f + r);
                bend = r / (1 + 2 * r);
            } else {
                r = channel.slope(atX);
                net = currentAtB - channel.normalised(atX);
                bend = r;
            }
            double excess = conductance * (a - x) - specific * net;
            double slope = conductance + slopeScale * (r + coupling * (f - r));
            double step = excess / slope;
            boolean last = Math.abs(step) <= close;
            // Halley's step, to third order; DIBL's own curvature is left out.
            step /= 1 - Math.min(0.5, step * (slopeScale * perVolt * bend) / (2 * slope));
            double next = x + step;
            if (last) {
                return next;
            }
            if (excess > 0) {
                low = x;
            } else {
                high = x;
            }
            x = next > low && next < high ? next : (low + high) / 2;
        }
        return x;
    }

    /** 4kTg of the resistor and the channel's noise, each as the series connection lets it out. */
    @Override
    public void noise(int row, double gate, double[] vRow, double[] vColumn, double[] density) {
        Arrays.fill(density, 0, columns(), 0);
        addNoise(row, gate, vRow, vColumn, density);
    }

    /** Adds the noise of a row to what the array holds. */
    void addNoise(int row, double rowGate, double[] vRow, double[] vColumn, double[] density) {
        double gate = Double.isNaN(heldGate) ? rowGate : heldGate;
        if (gate == Double.NEGATIVE_INFINITY) {
            return;
        }
        int columns = columns();
        double pinchOff = channel.pinchOff(gate);
        for (int j = 0; j < columns; j++) {
            int cell = row * columns + j;
            double g = conductances.data[cell];
            if (g == 0) {
                continue;
            }
            double atRow = vRow[j] + rowShift;
            double a = resistorAtRow ? atRow : vColumn[j];
            double b = resistorAtRow ? vColumn[j] : atRow;
            double x = node(cell, pinchOff, a, b);
            double slope = channel.sourceSlope(pinchOff, x, b);
            double ofResistor = slope / (g + slope);
            double ofChannel = g / (g + slope);
            density[j] += WhiteNoise.thermal(g, temperature) * ofResistor * ofResistor
                    + channel.noiseDensity(pinchOff, x, b, temperature) * ofChannel * ofChannel;
        }
    }
}
