package org.vmmlib.core.macro;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.LinearCells;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.Phase;

/** The array behind a {@link ColumnPort}: one solve a pull, column noise on top, energy and charge counted. */
final class ArrayPort implements ColumnPort {

    /** Volts by which columns are moved to see how effects on a read follow them. */
    private static final double STEP = 1e-3;

    private final PreparedCrossbar prepared;
    private final boolean gated;
    private final double restVoltage;
    private final double inputResistance;
    private final List<Effect> effects;
    private final Conditions conditions;
    private final ArrayMemory memory;
    private final Die die;
    private final int vectors;
    private final int rows;
    private final int columns;
    private final Workspace workspace;
    private final Solution solution = new Solution();
    private final Solution withSlopes = new Solution(false, true);
    private final DMatrixRMaj signal = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj noGates;
    private final DMatrixRMaj noVoltages;
    private DMatrixRMaj rowVoltages;

    private @Nullable DMatrixRMaj drives;
    private double[] durations = {};
    private Connections connections;
    private Effect.Moment moment;
    private boolean pulled;
    private boolean dwelt;
    private double energy;
    private double charge;
    private double rowCharge;
    private double delivered;
    private @Nullable Evidence evidence;

    ArrayPort(PreparedCrossbar prepared, Macro macro, ArrayMemory memory, Die die, int vectors) {
        this.prepared = prepared;
        gated = macro.law().topology() == Topology.GATE_DRIVEN;
        restVoltage = macro.readout().columnVoltage();
        inputResistance = macro.readout().inputResistance();
        effects = macro.effects();
        conditions = macro.conditions();
        this.memory = memory;
        this.die = die;
        this.vectors = vectors;
        rows = prepared.crossbar().rows();
        columns = prepared.crossbar().columns();
        workspace = prepared.workspace();
        noGates = new DMatrixRMaj(vectors, 0);
        noVoltages = new DMatrixRMaj(vectors, rows);
        rowVoltages = noVoltages;
        connections = Connections.all(rows);
        moment = new Effect.Moment(0, new double[vectors], 0);
    }

    /** Opens a phase: the row voltages or gates that hold during it. */
    void begin(Effect.Moment at, Phase next, DMatrixRMaj driven) {
        moment = at;
        drives = driven;
        durations = next.durations();
        connections = next.rows();
        pulled = false;
        dwelt = false;
    }

    /** Closes a phase: where the readout did not say how long, its last pull stands for all of it. */
    void end(double[] durations) {
        if (pulled && !dwelt) {
            count(durations);
        }
    }

    /**
     * Adds the energy of what the drives of a collapsed schedule deviate from their mean, which linear cells dissipate and
     * the row drivers give: {@code Σ_i g_i ∫ δv_i² dt}, where g_i is a row's sum of conductances.
     *
     * @param spread B×N, V² s
     */
    void deviate(DMatrixRMaj spread) {
        double[] g = ((LinearCells) prepared.cells()).conductances().data;
        for (int i = 0; i < rows; i++) {
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                sum += g[i * columns + j];
            }
            for (int b = 0; b < vectors; b++) {
                energy += sum * spread.data[b * rows + i];
                delivered += sum * spread.data[b * rows + i];
            }
        }
    }

    @Override
    public int vectors() {
        return vectors;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public boolean affine() {
        return prepared.cells() instanceof LinearCells
                && prepared.crossbar().lines().ideal()
                && connections.allConnected();
    }

    @Override
    public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
        DMatrixRMaj driven = drives;
        if (driven == null) {
            throw new IllegalStateException("no phase has begun");
        }
        rowVoltages = gated ? noVoltages : driven;
        Solution result = slopes == null ? solution : withSlopes;
        Excitation excitation = new Excitation(
                Direction.ROWS_DRIVEN,
                gated ? driven : noGates,
                rowVoltages,
                vSense,
                connections,
                Connections.all(columns));
        prepared.solve(excitation, result, workspace);
        double sign = gated ? -1 : 1;
        signal.reshape(vectors, columns);
        for (int k = 0; k < vectors * columns; k++) {
            signal.data[k] = sign * result.columnCurrents.data[k];
        }
        currents.setTo(signal);
        if (slopes != null) {
            slopes.reshape(vectors, columns);
            for (int k = 0; k < vectors * columns; k++) {
                slopes.data[k] = sign * result.columnSlopes.data[k];
            }
        }
        if (result != solution) {
            solution.power.setTo(result.power);
            solution.rowCurrents.setTo(result.rowCurrents);
        }
        Evidence of = new Evidence(prepared.method(), result.iterations, result.residual, result.kirchhoffError);
        evidence = evidence == null ? of : evidence.worst(of);
        pulled = true;
        disturb(excitation, signal, currents);
        if (slopes != null && affine() && effects.stream().anyMatch(e -> e instanceof Effect.OnRead)) {
            disturbedSlopes(excitation, currents, slopes);
        }
    }

    /** Slopes of the disturbed currents: what effects add to the current of a resistor falls with the voltage across it. */
    private void disturbedSlopes(Excitation excitation, DMatrixRMaj currents, DMatrixRMaj slopes) {
        DMatrixRMaj moved = excitation.columnVoltages().copy();
        for (int k = 0; k < vectors * columns; k++) {
            moved.data[k] += STEP;
        }
        Excitation there = new Excitation(
                excitation.direction(),
                excitation.gates(),
                excitation.rowVoltages(),
                moved,
                excitation.rows(),
                excitation.columns());
        Solution beside = new Solution();
        prepared.solve(there, beside, workspace);
        DMatrixRMaj undisturbed = beside.columnCurrents;
        DMatrixRMaj disturbed = undisturbed.copy();
        disturb(there, undisturbed, disturbed);
        for (int k = 0; k < vectors * columns; k++) {
            double step = moved.data[k] - excitation.columnVoltages().data[k];
            slopes.data[k] = (disturbed.data[k] - currents.data[k]) / step;
        }
    }

    private void disturb(Excitation excitation, DMatrixRMaj undisturbed, DMatrixRMaj currents) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.OnRead disturbance) {
                disturbance.disturb(
                        new Effect.Read(
                                prepared,
                                excitation,
                                durations,
                                restVoltage,
                                undisturbed,
                                conditions,
                                moment,
                                die.stream(effect.id()),
                                memory,
                                inputResistance),
                        currents);
            }
        }
    }

    @Override
    public void dwell(double[] seconds) {
        dwelt = true;
        count(seconds);
    }

    private void count(double[] seconds) {
        for (int b = 0; b < vectors; b++) {
            energy += solution.power.data[b] * seconds[b];
            for (int j = 0; j < columns; j++) {
                charge += Math.abs(signal.data[b * columns + j]) * seconds[b];
            }
            for (int i = 0; i < rows; i++) {
                double current = -solution.rowCurrents.data[b * rows + i];
                rowCharge += Math.abs(current) * seconds[b];
                delivered += gated ? 0 : Math.max(0, current * rowVoltages.data[b * rows + i]) * seconds[b];
            }
        }
    }

    /** Energy dissipated in the array, joules. */
    double energy() {
        return energy;
    }

    /** Absolute charge through the columns, coulombs. */
    double charge() {
        return charge;
    }

    /** Absolute charge through the row terminals, coulombs. */
    double rowCharge() {
        return rowCharge;
    }

    /** Energy that the row drivers gave to the array, joules. */
    double delivered() {
        return delivered;
    }

    /** The worst of all solves. */
    Evidence evidence() {
        return evidence == null ? new Evidence(prepared.method(), 0, 0, 0) : evidence;
    }
}
