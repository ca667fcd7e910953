package org.vmmlib.core.macro;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.PreparedCrossbar;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.crossbar.solve.Workspace;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.Phase;

/** The array behind a {@link ColumnPort}: one solve a pull, column noise on top, energy and charge counted. */
final class ArrayPort implements ColumnPort {

    private final PreparedCrossbar prepared;
    private final boolean gated;
    private final double restVoltage;
    private final List<Effect> effects;
    private final Die die;
    private final long firstCall;
    private final int vectors;
    private final int rows;
    private final int columns;
    private final Workspace workspace;
    private final Solution solution = new Solution();
    private final Solution withSlopes = new Solution(false, true);
    private final DMatrixRMaj sigma = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj signal = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj noGates;
    private final DMatrixRMaj noVoltages;
    private final double[] normal;

    private @Nullable DMatrixRMaj drives;
    private Connections connections;
    private int phase;
    private boolean pulled;
    private boolean dwelt;
    private double energy;
    private double charge;
    private @Nullable Evidence evidence;

    ArrayPort(
            PreparedCrossbar prepared,
            boolean gated,
            double restVoltage,
            List<Effect> effects,
            Die die,
            long firstCall,
            int vectors) {
        this.prepared = prepared;
        this.gated = gated;
        this.restVoltage = restVoltage;
        this.effects = effects;
        this.die = die;
        this.firstCall = firstCall;
        this.vectors = vectors;
        rows = prepared.crossbar().rows();
        columns = prepared.crossbar().columns();
        workspace = prepared.workspace();
        noGates = new DMatrixRMaj(vectors, 0);
        noVoltages = new DMatrixRMaj(vectors, rows);
        normal = new double[columns];
        connections = Connections.all(rows);
    }

    /** Opens a phase: the row voltages or gates that hold during it. */
    void begin(int index, Phase next, DMatrixRMaj driven) {
        phase = index;
        drives = driven;
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

    @Override
    public int vectors() {
        return vectors;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
        DMatrixRMaj driven = drives;
        if (driven == null) {
            throw new IllegalStateException("no phase has begun");
        }
        Solution result = slopes == null ? solution : withSlopes;
        prepared.solve(
                new Excitation(
                        Direction.ROWS_DRIVEN,
                        gated ? driven : noGates,
                        gated ? noVoltages : driven,
                        vSense,
                        connections,
                        Connections.all(columns)),
                result,
                workspace);
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
        }
        Evidence of = new Evidence(prepared.method(), result.iterations, result.residual, result.kirchhoffError);
        evidence = evidence == null ? of : evidence.worst(of);
        pulled = true;
        addNoise(driven, currents);
    }

    private void addNoise(DMatrixRMaj driven, DMatrixRMaj currents) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.OnColumns noise) {
                sigma.reshape(vectors, columns);
                noise.sigma(prepared.cells(), driven, restVoltage, signal, sigma);
                RandomStream stream = die.stream(effect.id());
                for (int b = 0; b < vectors; b++) {
                    stream.call(firstCall + b).gaussians((long) phase * columns, normal, 0, columns);
                    for (int j = 0; j < columns; j++) {
                        currents.data[b * columns + j] += sigma.data[b * columns + j] * normal[j];
                    }
                }
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

    /** The worst of all solves. */
    Evidence evidence() {
        return evidence == null ? new Evidence(prepared.method(), 0, 0, 0) : evidence;
    }
}
