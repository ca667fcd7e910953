package org.vmmlib.devices.reram;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.signal.DriveKind;

/**
 * How write-verify finds a state: by the current at a read voltage. Weights are shares of the span between the currents
 * of two states.
 *
 * @param off state of weight 0
 * @param on state of weight 1
 * @param voltage read voltage, volts
 * @param current amperes at that voltage as a function of the state, monotone, positive
 */
record ReadPoint(double off, double on, double voltage, DoubleUnaryOperator current) {

    private static final int MOST_EVALUATIONS = 200;

    /** The states of weights. */
    DMatrixRMaj store(DMatrixRMaj weights) {
        Require.within("weights", weights, 0, 1);
        double least = current.applyAsDouble(off);
        double most = current.applyAsDouble(on);
        DMatrixRMaj states = new DMatrixRMaj(weights.numRows, weights.numCols);
        for (int k = 0; k < states.data.length; k++) {
            double w = weights.data[k];
            states.data[k] = w == 0 ? off : w == 1 ? on : state(current, off, on, least + w * (most - least));
        }
        return states;
    }

    /** The states whose currents are off by relative errors, at an end where there is none. */
    DMatrixRMaj deviate(DMatrixRMaj target, DMatrixRMaj relativeError) {
        requireErrors(target, relativeError);
        DMatrixRMaj states = target.copy();
        for (int k = 0; k < states.data.length; k++) {
            double error = relativeError.data[k];
            if (error != 0) {
                states.data[k] = state(current, off, on, (1 + error) * current.applyAsDouble(target.data[k]));
            }
        }
        return states;
    }

    static void requireErrors(DMatrixRMaj target, DMatrixRMaj relativeError) {
        Require.shape("relativeError", relativeError, target.numRows, target.numCols);
        Require.within("relativeError", relativeError, Math.nextUp(-1.0), Double.MAX_VALUE);
    }

    /** Current that a weight of 1 adds to that of a weight of 0 at a row voltage, amperes. */
    double unitSignal(DriveKind kind, double drive) {
        if (kind != DriveKind.ROW_VOLTAGE) {
            throw new IllegalArgumentException(
                    "kind = " + kind + ": resistive cells are driven by a " + DriveKind.ROW_VOLTAGE);
        }
        return (current.applyAsDouble(on) - current.applyAsDouble(off)) / voltage * drive;
    }

    /**
     * The state between two that carries a current; the end that is nearer to it if none does.
     *
     * @param current amperes as a function of the state, monotone, positive
     * @param from one end
     * @param to the other
     * @param target amperes, positive
     */
    static double state(DoubleUnaryOperator current, double from, double to, double target) {
        double low = Math.min(from, to);
        double high = Math.max(from, to);
        double atLow = current.applyAsDouble(low);
        double atHigh = current.applyAsDouble(high);
        boolean rising = atHigh > atLow;
        if (rising ? target <= atLow : target >= atLow) {
            return low;
        }
        if (rising ? target >= atHigh : target <= atHigh) {
            return high;
        }
        return new BrentSolver(1e-15, 1e-300, 1e-16)
                .solve(MOST_EVALUATIONS, x -> current.applyAsDouble(x) / target - 1, low, high);
    }
}
