package org.vmmlib.peripherals.integrator;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Phase;

/**
 * An array without solver: column j gives {@code Σ_i d_i g_ij} of the drives d, times a function of its own voltage. Counts
 * pulls, and the energy {@code Σ (v I)} that it takes from the columns while they dwell.
 */
final class ScheduledArray implements ColumnPort {

    private final double[][] conductances;
    private final DoubleUnaryOperator byVoltage;
    private final boolean affine;
    private DMatrixRMaj drives = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj lastVoltage = new DMatrixRMaj(0, 0);
    private final DMatrixRMaj lastCurrent = new DMatrixRMaj(0, 0);
    private int pulls;
    private double energy;

    /** @param affine whether the function is, which its values at 0 and 1 then tell */
    ScheduledArray(double[][] conductances, DoubleUnaryOperator byVoltage, boolean affine) {
        this.conductances = conductances;
        this.byVoltage = byVoltage;
        this.affine = affine;
    }

    /** Current sources. */
    static ScheduledArray sources(double[][] conductances) {
        return new ScheduledArray(conductances, v -> 1, true);
    }

    int pulls() {
        return pulls;
    }

    double energy() {
        return energy;
    }

    /** Runs a schedule through a readout. */
    void run(DriveSchedule schedule, Readout.Session session) {
        for (Phase phase : schedule.phases()) {
            drives = phase.drives();
            session.phase(phase.durations(), this);
        }
    }

    @Override
    public int vectors() {
        return drives.numRows;
    }

    @Override
    public int columns() {
        return conductances[0].length;
    }

    @Override
    public boolean affine() {
        return affine;
    }

    @Override
    public void currents(DMatrixRMaj vSense, DMatrixRMaj currents, @Nullable DMatrixRMaj slopes) {
        pulls++;
        currents.reshape(vectors(), columns());
        if (slopes != null) {
            slopes.reshape(vectors(), columns());
        }
        double rise = byVoltage.applyAsDouble(1) - byVoltage.applyAsDouble(0);
        for (int b = 0; b < vectors(); b++) {
            for (int j = 0; j < columns(); j++) {
                double sum = 0;
                for (int i = 0; i < conductances.length; i++) {
                    double drive = drives.get(b, i);
                    sum += drive == 0 || Double.isInfinite(drive) ? 0 : drive * conductances[i][j];
                }
                currents.set(b, j, sum * byVoltage.applyAsDouble(vSense.get(b, j)));
                if (slopes != null) {
                    slopes.set(b, j, sum * rise);
                }
            }
        }
        lastVoltage.setTo(vSense);
        lastCurrent.setTo(currents);
    }

    @Override
    public void dwell(double[] seconds) {
        for (int b = 0; b < vectors(); b++) {
            for (int j = 0; j < columns(); j++) {
                energy += seconds[b] * lastVoltage.get(b, j) * lastCurrent.get(b, j);
            }
        }
    }
}
