package org.vmmlib.devices.memory;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.ArrayCells;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.crossbar.SpiceCells;
import org.vmmlib.core.crossbar.SpiceLaw;
import org.vmmlib.core.crossbar.SpreadLaw;
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;

/**
 * A binary-weighted switched capacitor (option IV of Bavandpour et al., Mixed-signal neuromorphic inference
 * accelerators, IEDM 2018; E. H. Lee et al., ISSCC 2016, p. 418). The bits of a weight select capacitors of 1, 2, 4 … units; in each
 * clock cycle they are charged to the row voltage and discharged into the column, so {@code Q = C (v_row − v_column)}
 * goes over, and the mean current is that of a conductance {@code f C}. Averaged over whole cycles that is exact where
 * switches settle: the charge, the energy {@code f C v²}, and the noise, two times kTC of charge in each cycle, whose
 * density is {@code 4kT f C}. The state is {@code capacitance}, in farads.
 *
 * <p>Capacitors do not drift and are not programmed; what {@link #program} draws is their mismatch, each with {@code
 * σ/sqrt(units)} of its own size. It is fixed for a chip: call = bit of the weight.
 *
 * @param bits of a weight, 1 to 16
 * @param unit capacitance of the lowest bit, farads, above 0
 * @param frequency cycles in a second, hertz, above 0
 * @param mismatch relative standard deviation of a unit capacitor, 0 to 0.1
 * @param continuous whether weights are not rounded to the bits, which no real cell can do
 */
public record SwitchedCapacitor(int bits, double unit, double frequency, double mismatch, boolean continuous)
        implements SpiceLaw, SpreadLaw {

    private static final String PLANE = "capacitance";
    private static final String LEVELS = "cell.levels";
    private static final int MOST_BITS = 16;

    /** Farads of a square metre. */
    private static final double DENSITY = 2 * Si.fF / Si.um2;

    private static final LinearReram CONDUCTANCES = new LinearReram(ConductanceWindow.any());

    /** Checks the ranges. */
    public SwitchedCapacitor {
        Require.within("bits", bits, 1, MOST_BITS);
        Require.positive("unit", unit);
        Require.positive("frequency", frequency);
        Require.within("mismatch", mismatch, 0, 0.1);
    }

    /** Units of 1 fF with a mismatch of 1 %, at 100 MHz; all chosen. */
    public static SwitchedCapacitor of(int bits) {
        return new SwitchedCapacitor(bits, Si.fF, 1e8, 0.01, false);
    }

    private int units() {
        return (1 << bits) - 1;
    }

    private double largest() {
        return units() * unit;
    }

    /**
     * The state of an array given in farads.
     *
     * @param capacitances N×M, 0 to twice the largest weight. Not modified.
     */
    public CellState state(DMatrixRMaj capacitances) {
        return new CellState(planes(), capacitances);
    }

    @Override
    public Topology topology() {
        return Topology.SOURCE_DRIVEN;
    }

    /** True. */
    @Override
    public boolean twoTerminal() {
        return true;
    }

    /** One plane, {@code capacitance}, in farads. */
    @Override
    public List<StatePlane> planes() {
        return List.of(new StatePlane(PLANE, "F", 0, 2 * largest()));
    }

    private DMatrixRMaj capacitances(CellState state) {
        if (!state.planes().equals(planes())) {
            throw new IllegalArgumentException("state has planes " + state.planes() + ": must have " + planes()
                    + "; make it with store(weights, conditions) of this cell");
        }
        return state.plane(PLANE);
    }

    private CellState conductances(CellState state) {
        DMatrixRMaj g = capacitances(state).copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] *= frequency;
        }
        return CONDUCTANCES.state(g);
    }

    /** {@link org.vmmlib.core.crossbar.LinearCells} of the conductances f C. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        return CONDUCTANCES.bind(conductances(state), conditions);
    }

    /** Resistors 1/(f C). */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        return CONDUCTANCES.spice(conductances(state), conditions);
    }

    /** The nearest whole number of units. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        DMatrixRMaj c = weights.copy();
        for (int k = 0; k < c.data.length; k++) {
            double count = c.data[k] * units();
            c.data[k] = unit * (continuous ? count : Math.rint(count));
        }
        return state(c);
    }

    /** {@code C (1 + error)}. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj c = capacitances(target).copy();
        Require.shape("relativeError", relativeError, c.numRows, c.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
        for (int k = 0; k < c.data.length; k++) {
            c.data[k] = Math.min(2 * largest(), c.data[k] * (1 + relativeError.data[k]));
        }
        return state(c);
    }

    /** Adds the mismatch of the capacitors that the bits of the weight select. */
    @Override
    public CellState program(CellState target, Conditions conditions, RandomStream draws) {
        DMatrixRMaj c = capacitances(target).copy();
        int cells = c.getNumElements();
        int[] counts = new int[cells];
        for (int k = 0; k < cells; k++) {
            counts[k] = (int) Math.min(units(), Math.rint(c.data[k] / unit));
        }
        double[] normal = new double[cells];
        for (int bit = 0; bit < bits; bit++) {
            draws.call(bit).gaussians(0, normal, 0, cells);
            double sigma = unit * mismatch * Math.sqrt(1 << bit);
            for (int k = 0; k < cells; k++) {
                if (((counts[k] >> bit) & 1) == 1) {
                    c.data[k] += sigma * normal[k];
                }
            }
        }
        for (int k = 0; k < cells; k++) {
            c.data[k] = Math.max(0, Math.min(2 * largest(), c.data[k]));
        }
        return state(c);
    }

    /** {@code f C} of a weight of 1, siemens, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return ConductanceWindow.of(0, frequency * largest()).unitSignal(kind, drive);
    }

    /** That of the capacitors, at 2 fF/µm². */
    @Override
    public double cellArea() {
        return largest() / DENSITY;
    }

    /** Finite levels. Mismatch is none: it acts only where an effect draws it. */
    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> all = new ArrayList<>();
        if (!continuous) {
            all.add(new Imperfection(LEVELS, "weights are stored as one of " + (units() + 1) + " levels"));
        }
        return List.copyOf(all);
    }

    @Override
    public SwitchedCapacitor without(String imperfection) {
        if (continuous || !imperfection.equals(LEVELS)) {
            throw Block.unknown(this, imperfection);
        }
        return new SwitchedCapacitor(bits, unit, frequency, mismatch, true);
    }

    @Override
    public Datasheet datasheet() {
        return Datasheet.of("binary-weighted switched capacitor")
                .add("bits", bits, "bit", "user")
                .add("unit capacitance", unit, "F", "user; 1 fF chosen")
                .add("clock frequency", frequency, "Hz", "user; 100 MHz chosen")
                .add("mismatch of a unit", mismatch, "", "user; 1 % chosen")
                .add("capacitance for area", DENSITY, "F/m²", "chosen: metal fringe capacitor of 2 fF/µm²")
                .add("largest conductance", frequency * largest(), "S", "derived: f C")
                .build();
    }
}
