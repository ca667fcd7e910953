package org.vmmlib.devices.reram;

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
import org.vmmlib.core.crossbar.StatePlane;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.DriveKind;

/**
 * A magnetic tunnel junction: parallel magnetisations conduct {@code G}, antiparallel ones {@code G/(1 + TMR(v))} with
 * {@code TMR(v) = TMR/(1 + v²/V_h²)} (Zhang et al., Compact modeling of perpendicular-anisotropy CoFeB/MgO magnetic
 * tunnel junctions, IEEE Trans. Electron Devices 59, 819 (2012), doi:10.1109/TED.2011.2178416). The state is
 * {@code parallel}, the part of the area that is parallel: 0 or 1 in a binary junction, anything between where a domain
 * wall moves. The lowest current is 1/(1 + TMR) of the highest, so a weight of 0 conducts too. Temperature is left out.
 *
 * @param conductance G, siemens, above 0
 * @param magnetoresistance TMR at small voltages, above 0; 1.5 is 150 %
 * @param halfVoltage V_h where it is half of that, volts, above 0; infinite: ohmic
 * @param binary whether a junction has two states only; weights are then stored as the nearer of 0 and 1
 * @param cellArea square metres, 0 or above
 */
public record MagneticJunction(
        double conductance, double magnetoresistance, double halfVoltage, boolean binary, double cellArea)
        implements SpiceLaw, PassiveLaw {

    private static final String PLANE = "parallel";
    private static final String TWO_STATES = "mtj.two-states";
    private static final List<StatePlane> PLANES = List.of(new StatePlane(PLANE, "", 0, 1));

    /** Checks the ranges. */
    public MagneticJunction {
        Require.positive("conductance", conductance);
        Require.positive("magnetoresistance", magnetoresistance);
        Require.within("halfVoltage", halfVoltage, Double.MIN_NORMAL, Double.POSITIVE_INFINITY);
        Require.nonNegative("cellArea", cellArea);
    }

    /** A binary junction of 40 nm in diameter with 5 Ω·µm² and 150 %: 4.0 and 9.9 kΩ. */
    public static MagneticJunction perpendicular40() {
        double area = Math.PI / 4 * 40e-9 * 40e-9;
        return new MagneticJunction(area / (5 * Si.um2), 1.5, 0.5, true, 0);
    }

    /**
     * The state of an array.
     *
     * @param parallel N×M, 0 to 1; 0 or 1 in binary junctions. Not modified.
     */
    public CellState state(DMatrixRMaj parallel) {
        for (int k = 0; binary && k < parallel.getNumElements(); k++) {
            double x = parallel.data[k];
            if (x != 0 && x != 1) {
                throw new IllegalArgumentException("parallel[" + k / parallel.numCols + "," + k % parallel.numCols
                        + "] = " + x + ": must be 0 or 1 in a binary junction; store weights, or use a domain wall");
            }
        }
        return new CellState(PLANES, parallel);
    }

    /** One plane, {@code parallel}, from 0 to 1. */
    @Override
    public List<StatePlane> planes() {
        return PLANES;
    }

    /** Conductance of an antiparallel junction over that of a parallel one, at a voltage. */
    private double ratio(double voltage) {
        double u = voltage / halfVoltage;
        return (1 + u * u) / (1 + u * u + magnetoresistance);
    }

    /** {@link org.vmmlib.core.crossbar.LinearCells} without bias dependence. */
    @Override
    public ArrayCells bind(CellState state, Conditions conditions) {
        DMatrixRMaj parallel = planeOf(state, PLANE);
        return Double.isInfinite(halfVoltage)
                ? new OhmicCells(ohmic(parallel), conditions.temperature())
                : new MagneticCells(this, parallel, conditions.temperature());
    }

    private DMatrixRMaj ohmic(DMatrixRMaj parallel) {
        DMatrixRMaj g = parallel.copy();
        for (int k = 0; k < g.data.length; k++) {
            g.data[k] = conductance * (g.data[k] + (1 - g.data[k]) * ratio(0));
        }
        return g;
    }

    /** Behavioural sources. */
    @Override
    public SpiceCells spice(CellState state, Conditions conditions) {
        DMatrixRMaj parallel = planeOf(state, PLANE);
        if (Double.isInfinite(halfVoltage)) {
            return new ResistiveElements(ohmic(parallel), 0);
        }
        return (row, column, at) -> {
            double x = parallel.get(row, column);
            String v = "v(" + at.row() + "," + at.column() + ")";
            String u2 = "(" + v + "*" + v + "/" + SpiceCells.constant(halfVoltage * halfVoltage) + ")";
            return "Bc" + at.name() + " " + at.row() + " " + at.column() + " I=" + SpiceCells.constant(conductance)
                    + "*" + v + "*(" + SpiceCells.constant(x) + "+" + SpiceCells.constant(1 - x) + "*(1+" + u2 + ")/("
                    + SpiceCells.constant(1 + magnetoresistance) + "+" + u2 + "))\n";
        };
    }

    /** The parallel part is the weight; the nearer of 0 and 1 in binary junctions. */
    @Override
    public CellState store(DMatrixRMaj weights, Conditions conditions) {
        Require.within("weights", weights, 0, 1);
        DMatrixRMaj parallel = weights.copy();
        for (int k = 0; binary && k < parallel.data.length; k++) {
            parallel.data[k] = parallel.data[k] < 0.5 ? 0 : 1;
        }
        return state(parallel);
    }

    /** Moves the domain wall, by the current at small voltages; binary junctions cannot be off, and stay. */
    @Override
    public CellState deviate(CellState target, DMatrixRMaj relativeError, Conditions conditions) {
        DMatrixRMaj parallel = planeOf(target, PLANE).copy();
        ReadPoint.requireErrors(parallel, relativeError);
        double least = ratio(0);
        for (int k = 0; !binary && k < parallel.data.length; k++) {
            double x = parallel.data[k];
            double current = (1 + relativeError.data[k]) * (x + (1 - x) * least);
            parallel.data[k] = Math.max(0, Math.min(1, (current - least) / (1 - least)));
        }
        return state(parallel);
    }

    /** Difference of the two conductances at small voltages, siemens, times the drive. */
    @Override
    public double unitSignal(DriveKind kind, double drive, double columnVoltage, Conditions conditions) {
        return new ReadPoint(0, 1, 1, x -> conductance * (x + (1 - x) * ratio(0))).unitSignal(kind, drive);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> all = new ArrayList<>();
        if (binary) {
            all.add(new Imperfection(TWO_STATES, "weights are stored as 0 or 1"));
        }
        all.addAll(PassiveLaw.bend(Double.isInfinite(halfVoltage)));
        return List.copyOf(all);
    }

    @Override
    public MagneticJunction without(String imperfection) {
        if (binary && imperfection.equals(TWO_STATES)) {
            return new MagneticJunction(conductance, magnetoresistance, halfVoltage, false, cellArea);
        }
        if (!Double.isInfinite(halfVoltage) && imperfection.equals(NONLINEARITY)) {
            return new MagneticJunction(conductance, magnetoresistance, Double.POSITIVE_INFINITY, binary, cellArea);
        }
        throw Block.unknown(this, imperfection);
    }

    @Override
    public Datasheet datasheet() {
        boolean preset =
                new MagneticJunction(conductance, magnetoresistance, 0.5, true, cellArea).equals(perpendicular40());
        return Datasheet.of(binary ? "magnetic tunnel junction, binary" : "magnetic tunnel junction, domain wall")
                .add("parallel conductance", conductance, "S", preset ? "chosen: 5 Ω·µm², 40 nm in diameter" : "user")
                .add("tunnel magnetoresistance", magnetoresistance, "", preset ? "chosen: 150 %" : "user")
                .add(
                        "voltage of half magnetoresistance",
                        halfVoltage,
                        "V",
                        preset ? "Zhang et al., IEEE Trans. Electron Devices 59, 819 (2012)" : "user")
                .add("on/off ratio", 1 + magnetoresistance, "", "derived, at small voltages")
                .add("cell area", cellArea, "m²", "user")
                .build();
    }
}
