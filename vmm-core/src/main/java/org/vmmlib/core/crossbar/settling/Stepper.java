package org.vmmlib.core.crossbar.settling;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.crossbar.solve.CapacitiveNetwork;
import org.vmmlib.core.crossbar.solve.ConvergenceException;
import org.vmmlib.core.crossbar.solve.Excitation;
import org.vmmlib.core.crossbar.solve.Solution;
import org.vmmlib.core.kernel.RowVectors;

/** Steps one network through time. */
final class Stepper {

    /** Both stages, at {@code t + γh} and {@code t + h}, have the same matrix. */
    private static final double GAMMA = 1 - Math.sqrt(0.5);

    // Weights of the derivatives at t, of the first and of the second stage, that make an estimate of the error in one
    // step:
    // those of the quadrature that is of order 3 for linear equations (b₁ γ + b₂ = 1/2, b₁ γ² + b₂/2 = 1/6) less those
    // of the
    // method, 1 − γ and γ.
    private static final double FIRST = 1 / (12 * GAMMA * (0.5 - GAMMA));
    private static final double SECOND = 0.5 - GAMMA * FIRST;
    private static final double ERROR_BEFORE = 1 - FIRST - SECOND;
    private static final double ERROR_FIRST = FIRST - (1 - GAMMA);
    private static final double ERROR_SECOND = SECOND - GAMMA;

    /** Time 0 is a step so much shorter than the fastest node can follow, solved to this accuracy. */
    private static final double INSTANT = 1e8;

    private static final double INSTANT_ACCURACY = 1e-13;
    /** How often the stages at and after time 0 are solved, each time for what is left over. */
    private static final int REFINEMENTS = 3;
    /** Stages are solved to this part of the error that is allowed in a step, or better. */
    private static final double MARGIN = 0.01;

    private static final double WORST_STAGE_ACCURACY = 1e-6;
    /** The array has settled at this part of the accuracy. */
    private static final double SETTLED = 0.01;
    /** A state is stationary in which no node moves by this part of that, while time grows by a factor. */
    private static final double STILL = 1e-3;

    /** A change by less than this part of the largest voltage counts as that. */
    private static final double LEAST_SCALE = 1e-6;

    private static final double STILL_FACTOR = 1e12;
    private static final double SAFETY = 0.9;
    private static final double MOST_GROWTH = 5;
    private static final double LEAST_GROWTH = 1.2;
    private static final double MOST_SHRINKING = 0.2;
    private static final double SHRINKING_ON_FAILURE = 0.25;
    private static final int MOST_FAILURES = 100;

    private final StepAnalysis analysis;
    private final CapacitiveNetwork network;
    private final Excitation excitation;
    /** Error allowed in a step. */
    private final double allowed;
    /** What stages are solved to. */
    private final double accuracy;

    private final Trace trace;
    private final double[] rowCurrents;
    private final double[] columnCurrents;
    private final double[] firstRowCurrents;
    private final double[] firstColumnCurrents;
    private final double[] rowCharges;
    private final double[] columnCharges;
    private final double[][] first;
    private final double[][] work;
    private double[][] rates;
    private double[][] moved;

    private double time;
    private double scale;
    private double firstPower;
    private double dissipated;
    private double stored;
    private double stillSince = Double.POSITIVE_INFINITY;
    private int steps;
    private int rejected;
    private long iterations;

    Stepper(StepAnalysis analysis, CapacitiveNetwork network, Excitation excitation) {
        this.analysis = analysis;
        this.network = network;
        this.excitation = excitation;
        // Errors of order 3 in each step add up to one of order 2.
        allowed = Math.pow(analysis.accuracy(), 1.5);
        accuracy = Math.min(WORST_STAGE_ACCURACY, MARGIN * allowed);
        int n = excitation.rowVoltages().numCols;
        int m = excitation.columnVoltages().numCols;
        trace = new Trace(n, m);
        rowCurrents = new double[n];
        columnCurrents = new double[m];
        firstRowCurrents = new double[n];
        firstColumnCurrents = new double[m];
        rowCharges = new double[n];
        columnCharges = new double[m];
        first = network.zeros();
        work = network.zeros();
        rates = network.zeros();
        moved = network.zeros();
    }

    StepResponse run(Solution before, Solution after) {
        begin(before);
        double proposed = firstStep();
        int stop = 0;
        double[] times = analysis.times();
        double duration = analysis.duration();
        double last = duration > 0 ? duration : times.length > 0 ? times[times.length - 1] : 0;
        while (true) {
            while (stop < times.length && times[stop] <= time) {
                stop++;
            }
            if (time >= last && (duration > 0 || isSettled())) {
                break;
            }
            if (steps + rejected >= analysis.mostSteps()) {
                throw failure("too many steps; give a duration, a larger accuracy or more steps");
            }
            double to = stop < times.length ? times[stop] : time < last ? last : Double.POSITIVE_INFINITY;
            proposed = advance(proposed, to);
        }
        return new StepResponse(trace, excitation, after, rowCharges, columnCharges, evidence());
    }

    private StepResponse.Evidence evidence() {
        return new StepResponse.Evidence(network.method(), steps, rejected, iterations);
    }

    /** The state just after time 0, where nodes without capacitance and nodes that are terminals have moved at once. */
    private void begin(Solution before) {
        network.place(before.wordLines.data, before.bitLines.data, moved);
        double energyBefore = network.storedEnergy(before.wordLines.data, before.bitLines.data);
        scale = Math.max(network.distance(), network.largest(moved));
        scale = Math.max(scale, LEAST_SCALE * largestVoltage(before) + Double.MIN_NORMAL);
        double rate = INSTANT * network.fastest();
        instant(rate, moved);
        network.charges(moved, rowCharges, columnCharges);
        stored = network.storedEnergy();
        dissipated = delivered() - (stored - energyBefore);
        network.keep();
        clear(rates);
        instant(rate, rates);
        multiply(rate, rates);
        network.restore();
        network.currents(rates, rowCurrents, columnCurrents);
        trace.initial(energyBefore);
        record();
    }

    private void instant(double rate, double[][] moves) {
        for (int k = 0; k < REFINEMENTS; k++) {
            if (network.relax(rate, moves, INSTANT_ACCURACY) < 0) {
                throw failure("the state just after the step was not found");
            }
        }
    }

    private double largestVoltage(Solution before) {
        double most = 0;
        for (DMatrixRMaj voltages : new DMatrixRMaj[] {
            before.wordLines, before.bitLines, excitation.rowVoltages(), excitation.columnVoltages()
        }) {
            for (int k = 0; k < voltages.getNumElements(); k++) {
                most = Math.max(most, Math.abs(voltages.data[k]));
            }
        }
        return most;
    }

    private double firstStep() {
        if (analysis.fixedStep() > 0) {
            return analysis.fixedStep();
        }
        return Math.sqrt(allowed) / network.fastest();
    }

    private boolean isSettled() {
        return network.distance() <= SETTLED * analysis.accuracy() * scale || time > STILL_FACTOR * stillSince;
    }

    /** Takes one step, as long as proposed or shorter; returns the next to propose. */
    private double advance(double proposed, double to) {
        double h = proposed;
        int failures = 0;
        while (true) {
            boolean whole = true;
            double left = to - time;
            if (h >= left * (1 - 1e-9)) {
                whole = h <= left * (1 + 1e-9);
                h = left;
            } else if (analysis.fixedStep() == 0 && 2 * h > left) {
                whole = false;
                h = 0.5 * left;
            }
            network.keep();
            double error = stages(h);
            if (analysis.fixedStep() > 0 && !Double.isNaN(error)) {
                error = 0;
            }
            if (error <= 1) {
                accept(h, h == left ? to : time + h);
                double growth = Math.min(MOST_GROWTH, SAFETY / Math.cbrt(Math.max(error, 1e-30)));
                double next = growth < 1 || growth > LEAST_GROWTH ? growth * h : h;
                return analysis.fixedStep() > 0 ? proposed : whole ? next : Math.max(next, proposed);
            }
            network.restore();
            rejected++;
            if (++failures > MOST_FAILURES || analysis.fixedStep() > 0) {
                throw failure("no step is short enough; lower the drive, or give steps that follow the error");
            }
            h *= Double.isNaN(error) ? SHRINKING_ON_FAILURE : Math.max(MOST_SHRINKING, SAFETY / Math.cbrt(error));
        }
    }

    /** Moves the network by a step; returns the error over what is allowed, NaN if a stage was not solved. */
    private double stages(double h) {
        double rate = 1 / (GAMMA * h);
        clear(moved);
        if (!relax(rate)) {
            return Double.NaN;
        }
        for (int k = 0; k < moved.length; k++) {
            System.arraycopy(moved[k], 0, first[k], 0, moved[k].length);
        }
        multiply(rate, first);
        firstPower = network.currents(first, firstRowCurrents, firstColumnCurrents);
        // The second stage counts from v + (1 − γ) h k₁, the network is at v + γ h k₁.
        multiply((2 * GAMMA - 1) / GAMMA, moved);
        if (!relax(rate)) {
            return Double.NaN;
        }
        multiply(rate, moved);
        // The derivative at time 0 is not known where nodes follow at once: there the estimate is of order 2, v + h k₁.
        boolean known = steps > 0;
        double before = known ? h * ERROR_BEFORE : 0;
        for (int k = 0; k < work.length; k++) {
            Arrays.fill(work[k], 0);
            RowVectors.add(network.width(), before, rates[k], known ? h * ERROR_FIRST : -h * GAMMA, first[k], work[k]);
            RowVectors.add(network.width(), known ? h * ERROR_SECOND : h * GAMMA, moved[k], work[k]);
        }
        double error = network.largest(work);
        return error == 0 ? 0 : error / (allowed * scale);
    }

    private boolean relax(double rate) {
        // In the first step some nodes are as far from their goal as they can be; the others must not suffer for it.
        for (int k = 0; k < (steps == 0 ? REFINEMENTS : 1); k++) {
            int count = network.relax(rate, moved, accuracy);
            if (count < 0) {
                return false;
            }
            iterations += count;
        }
        return true;
    }

    /** Takes the step that the stages made. */
    private void accept(double h, double end) {
        double power = network.currents(moved, rowCurrents, columnCurrents);
        integrate(h, firstRowCurrents, rowCurrents, rowCharges);
        integrate(h, firstColumnCurrents, columnCurrents, columnCharges);
        dissipated += h * ((1 - GAMMA) * firstPower + GAMMA * power);
        stored = network.storedEnergy();
        double[][] swap = rates;
        rates = moved;
        moved = swap;
        time = end;
        steps++;
        if (!(h * network.largest(rates) <= STILL * SETTLED * analysis.accuracy() * scale)) {
            stillSince = Double.POSITIVE_INFINITY;
        } else {
            stillSince = Math.min(stillSince, time);
        }
        record();
    }

    private static void integrate(double h, double[] first, double[] second, double[] sum) {
        RowVectors.add(sum.length, h * (1 - GAMMA), first, h * GAMMA, second, sum);
    }

    /** Energy that all terminals gave so far: each has the same voltage all the time. */
    private double delivered() {
        double sum = 0;
        for (int i = 0; i < rowCharges.length; i++) {
            sum -= excitation.rowVoltages().data[i] * rowCharges[i];
        }
        for (int j = 0; j < columnCharges.length; j++) {
            sum -= excitation.columnVoltages().data[j] * columnCharges[j];
        }
        return sum;
    }

    private void record() {
        trace.add(time, rowCurrents, columnCurrents, delivered(), dissipated, stored);
    }

    private static void clear(double[][] rows) {
        for (double[] row : rows) {
            Arrays.fill(row, 0);
        }
    }

    private void multiply(double factor, double[][] rows) {
        for (double[] row : rows) {
            RowVectors.multiply(network.width(), factor, row);
        }
    }

    private ConvergenceException failure(String reason) {
        return new ConvergenceException(
                String.format(
                        Locale.ROOT,
                        "crossbar %d x %d: at %.4g s, after %d steps, %.3g V from the stationary state: %s",
                        rowCurrents.length,
                        columnCurrents.length,
                        time,
                        steps,
                        network.distance(),
                        reason),
                new double[] {network.distance()});
    }
}
