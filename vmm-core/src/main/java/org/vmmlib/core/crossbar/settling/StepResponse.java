package org.vmmlib.core.crossbar.settling;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Direction;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;

/**
 * The response of an array to a step: terminal currents, charges and energies at T rising times, the first of which is just
 * after the step, and the currents that it approaches. Currents and charges are positive out of the array into the terminal.
 * Immutable; matrices must not be written to.
 */
public final class StepResponse {

    private final Direction direction;
    private final double[] times;
    private final DMatrixRMaj rowCurrents;
    private final DMatrixRMaj columnCurrents;
    private final double[] finalRowCurrents;
    private final double[] finalColumnCurrents;
    private final double[] rowCharges;
    private final double[] columnCharges;
    private final double[] delivered;
    private final double[] dissipated;
    private final double[] stored;
    private final double storedBefore;
    private final double drivers;
    private final Evidence evidence;

    StepResponse(
            Trace trace,
            Excitation excitation,
            Solution after,
            double[] rowCharges,
            double[] columnCharges,
            Evidence evidence) {
        direction = excitation.direction();
        times = trace.times();
        rowCurrents = trace.rowCurrents();
        columnCurrents = trace.columnCurrents();
        finalRowCurrents = Arrays.copyOf(after.rowCurrents.data, rowCharges.length);
        finalColumnCurrents = Arrays.copyOf(after.columnCurrents.data, columnCharges.length);
        this.rowCharges = rowCharges.clone();
        this.columnCharges = columnCharges.clone();
        delivered = trace.delivered();
        dissipated = trace.dissipated();
        stored = trace.stored();
        storedBefore = trace.storedBefore();
        boolean rowsDriven = direction == Direction.ROWS_DRIVEN;
        double[] charges = rowsDriven ? rowCharges : columnCharges;
        double[] volts = (rowsDriven ? excitation.rowVoltages() : excitation.columnVoltages()).data;
        double sum = 0;
        for (int k = 0; k < charges.length; k++) {
            sum -= volts[k] * charges[k];
        }
        drivers = sum;
        this.evidence = evidence;
    }

    /**
     * How a response was found.
     *
     * @param method what solved the stages
     * @param steps steps taken
     * @param rejected steps that were tried and found too long
     * @param iterations of the linear solver, or Newton steps with factorisation, in all stages
     */
    public record Evidence(String method, int steps, int rejected, long iterations) {}

    /** How the response was found. */
    public Evidence evidence() {
        return evidence;
    }

    /** T times since the step, seconds, rising from 0. */
    public double[] times() {
        return times.clone();
    }

    /** T×N currents out of the row terminals, amperes. */
    public DMatrixRMaj rowCurrents() {
        return rowCurrents;
    }

    /** T×M currents out of the column terminals, amperes. */
    public DMatrixRMaj columnCurrents() {
        return columnCurrents;
    }

    /** N stationary currents out of the row terminals, amperes. */
    public double[] finalRowCurrents() {
        return finalRowCurrents.clone();
    }

    /** M stationary currents out of the column terminals, amperes. */
    public double[] finalColumnCurrents() {
        return finalColumnCurrents.clone();
    }

    /** Charges that left through the N row terminals up to the last time, coulombs. */
    public double[] rowCharges() {
        return rowCharges.clone();
    }

    /** Charges that left through the M column terminals up to the last time, coulombs. */
    public double[] columnCharges() {
        return columnCharges.clone();
    }

    /** T energies that all terminals gave from just before the step up to each time, joules. */
    public double[] deliveredEnergy() {
        return delivered.clone();
    }

    /** T energies that became heat in cells and wires from just before the step up to each time, joules. */
    public double[] dissipatedEnergy() {
        return dissipated.clone();
    }

    /** T energies in all capacitances, joules. */
    public double[] storedEnergy() {
        return stored.clone();
    }

    /** Energy in all capacitances before the step, joules. */
    public double storedEnergyBefore() {
        return storedBefore;
    }

    /** Energy that the terminals of the driven side alone gave up to the last time, joules. */
    public double driverEnergy() {
        return drivers;
    }

    /**
     * When each sensed line has settled: the last time at which its current is off its final value by more than a part of
     * that. Between two times of the response the error is taken to decay exponentially. 0 if it never is, infinite if it
     * still is at the end. A line whose final current is 0 can settle to an absolute error only.
     *
     * <p>The current itself is off by the error of the node voltages, {@link StepAnalysis#accuracy()}, times the conductance
     * of its cells: a part that is not far above asks for a better accuracy.
     *
     * @param part of the final current, above 0
     * @return seconds, for the M columns, or the N rows where columns are driven
     */
    public double[] settlingTimes(double part) {
        Require.positive("part", part);
        double[] goals = sensedGoals();
        double[] out = new double[goals.length];
        for (int k = 0; k < out.length; k++) {
            out[k] = settlingTime(k, part * Math.abs(goals[k]));
        }
        return out;
    }

    /**
     * When each sensed line has settled to an absolute error, such as half an LSB; otherwise as {@link #settlingTimes}.
     *
     * @param error in amperes, above 0
     * @return seconds, for the M columns, or the N rows where columns are driven
     */
    public double[] settlingTimesWithin(double error) {
        Require.positive("error", error);
        double[] out = new double[sensedGoals().length];
        for (int k = 0; k < out.length; k++) {
            out[k] = settlingTime(k, error);
        }
        return out;
    }

    private double[] sensedGoals() {
        return direction == Direction.ROWS_DRIVEN ? finalColumnCurrents : finalRowCurrents;
    }

    private double settlingTime(int line, double band) {
        DMatrixRMaj currents = direction == Direction.ROWS_DRIVEN ? columnCurrents : rowCurrents;
        double goal = sensedGoals()[line];
        int last = times.length - 1;
        while (last >= 0 && Math.abs(currents.get(last, line) - goal) <= band) {
            last--;
        }
        if (last < 0) {
            return 0;
        }
        if (last == times.length - 1) {
            return Double.POSITIVE_INFINITY;
        }
        double outside = currents.get(last, line) - goal;
        double inside = currents.get(last + 1, line) - goal;
        double ratio = inside / outside;
        double part = ratio > 0
                ? Math.log(band / Math.abs(outside)) / Math.log(ratio)
                : (Math.abs(outside) - band) / Math.abs(outside - inside);
        return times[last] + part * (times[last + 1] - times[last]);
    }
}
