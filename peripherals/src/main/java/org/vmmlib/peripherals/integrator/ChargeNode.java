package org.vmmlib.peripherals.integrator;

import java.util.Arrays;
import java.util.Objects;
import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.DormandPrince853Integrator;
import org.apache.commons.math3.ode.sampling.StepHandler;
import org.apache.commons.math3.ode.sampling.StepInterpolator;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.signal.Levels;

/**
 * The integrating capacitors of a batch: {@code C_j dV/dt = s I_j(v_j) − g V}, where the column stands at
 * {@code v_j = rest_j + n_j + s motion · V}, s = −1 turns the capacitors round, and n is a disturbance of each phase.
 *
 * <p>Exact where the current does not depend on V or is affine in it: {@code ΔV = a (e^{bt} − 1)/b} with
 * {@code a = dV/dt} at the beginning and {@code b = (motion ∂I/∂v − g)/C}. Otherwise the embedded Runge–Kutta method
 * 8(5,3) of Dormand and Prince (Commons Math), to 1e-10 of the voltage and 1e-12 V, each derivative a pull of all columns.
 * For the energy of the array, the state lasts at the four points of Gauss' rule, in each step or exact phase.
 */
final class ChargeNode {

    private static final double RELATIVE = 1e-10;
    private static final double ABSOLUTE = 1e-12;
    private static final int MOST_EVALUATIONS = 1_000_000;
    private static final double[] GAUSS_AT = {
        0.06943184420297371, 0.33000947820757187, 0.6699905217924281, 0.9305681557970263
    };
    private static final double[] GAUSS_WEIGHT = {
        0.17392742256872692, 0.32607257743127305, 0.32607257743127305, 0.17392742256872692
    };

    private final double[] rest;
    private final double motion;
    private final double[] capacitance;
    private final double[] elastance;
    private final double leak;
    private final int vectors;
    private final int columns;
    private final Buffers buffers;
    private final DMatrixRMaj voltages;
    private final DMatrixRMaj currents;
    private final DMatrixRMaj slopes;
    private final double[] charge;
    private final double[] elapsed;
    private @Nullable DMatrixRMaj disturbance;

    /**
     * What a batch needs besides its result. The next batch of as many vectors may have it.
     *
     * @param voltages of the columns, B×M; at rest between batches where they do not move and nothing disturbs them
     * @param currents of the columns, B×M
     * @param slopes of the currents, B×M; empty where the columns do not move
     */
    record Buffers(DMatrixRMaj voltages, DMatrixRMaj currents, DMatrixRMaj slopes) {

        private static Buffers of(double[] rest, double motion, int vectors) {
            Buffers some = new Buffers(
                    new DMatrixRMaj(vectors, rest.length),
                    new DMatrixRMaj(vectors, rest.length),
                    motion == 0 ? new DMatrixRMaj(0, 0) : new DMatrixRMaj(vectors, rest.length));
            for (int b = 0; b < vectors; b++) {
                System.arraycopy(rest, 0, some.voltages.data, b * rest.length, rest.length);
            }
            return some;
        }
    }

    /**
     * @param rest column voltages where the capacitors are empty, volts
     * @param motion column voltage over capacitor voltage: 0 for a virtual ground
     * @param capacitance of each column, farads
     * @param leak conductance in parallel to a capacitor, siemens
     * @param spare of a batch before, for the same columns; or null
     */
    ChargeNode(double[] rest, double motion, double[] capacitance, double leak, int vectors, @Nullable Buffers spare) {
        this.rest = rest;
        this.motion = motion;
        this.capacitance = capacitance;
        this.leak = leak;
        this.vectors = vectors;
        columns = rest.length;
        elastance = new double[columns];
        for (int j = 0; j < columns; j++) {
            elastance[j] = 1 / capacitance[j];
        }
        boolean fits = spare != null && spare.voltages.numRows == vectors;
        buffers = fits ? Objects.requireNonNull(spare) : Buffers.of(rest, motion, vectors);
        voltages = buffers.voltages;
        currents = buffers.currents;
        slopes = buffers.slopes;
        charge = new double[vectors * columns];
        elapsed = new double[vectors];
    }

    /** For the next batch, once this one is done. */
    Buffers buffers() {
        return buffers;
    }

    /** Capacitor voltages, B×M row-major, volts. To be modified by what switches charge. */
    double[] charge() {
        return charge;
    }

    /** The capacitor voltages times a factor, as levels; these capacitors are not to be used any more. */
    Levels levels(double factor) {
        if (factor != 1) {
            for (int k = 0; k < charge.length; k++) {
                charge[k] *= factor;
            }
        }
        return new Levels(DMatrixRMaj.wrap(vectors, columns, charge), Levels.Quantity.VOLTAGE);
    }

    private void place(double[] v, double sign) {
        for (int b = 0; b < vectors; b++) {
            int from = b * columns;
            for (int j = 0; j < columns; j++) {
                voltages.data[from + j] = rest[j] + sign * motion * v[from + j];
            }
        }
        DMatrixRMaj added = disturbance;
        for (int k = 0; added != null && k < vectors * columns; k++) {
            voltages.data[k] += added.data[k];
        }
    }

    /**
     * What the columns are held at in addition, from now on.
     *
     * @param added B×M, volts; not copied, not to be modified before the end of the phase
     */
    void disturb(DMatrixRMaj added) {
        disturbance = added;
        if (motion == 0) {
            place(charge, 1);
        }
    }

    /**
     * Integrates a phase.
     *
     * @param durations seconds, one for each vector. Not modified.
     * @param sign by which the current charges the capacitors
     * @param crossings of thresholds, or null. Modified.
     */
    void advance(double[] durations, ColumnPort array, double sign, @Nullable Crossings crossings) {
        if (motion == 0) {
            array.currents(voltages, currents, null);
            if (leak == 0 && crossings == null) {
                addCharge(durations, sign);
            } else {
                exactly(durations, sign, crossings);
            }
        } else {
            place(charge, sign);
            array.currents(voltages, currents, slopes);
            if (array.affine()) {
                moving(durations, array, sign, crossings);
            } else {
                adaptively(durations, array, sign, crossings);
            }
        }
        for (int b = 0; b < vectors; b++) {
            elapsed[b] += durations[b];
        }
    }

    private void addCharge(double[] durations, double sign) {
        for (int b = 0; b < vectors; b++) {
            addTo(charge, b * columns, currents.data, elastance, sign * durations[b]);
        }
    }

    /** Whether the voltages neither move the columns nor leak, so that charges add up. */
    boolean adds() {
        return motion == 0 && leak == 0;
    }

    /**
     * {@link #advance} and a share, {@code V → r V + step}, in one pass, for capacitors of which {@link #adds} holds.
     *
     * @param ratios r of each column
     */
    void advanceAndShare(double[] durations, ColumnPort array, double sign, double[] ratios, double step) {
        array.currents(voltages, currents, null);
        for (int b = 0; b < vectors; b++) {
            addAndShare(charge, b * columns, currents.data, elastance, sign * durations[b], ratios, step);
            elapsed[b] += durations[b];
        }
    }

    private static void addAndShare(
            double[] v, int from, double[] current, double[] elastance, double time, double[] ratios, double step) {
        for (int j = 0; j < elastance.length; j++) {
            v[from + j] = (v[from + j] + time * current[from + j] * elastance[j]) * ratios[j] + step;
        }
    }

    /** {@code v += t · i / C} of one vector. */
    private static void addTo(double[] v, int from, double[] current, double[] elastance, double time) {
        for (int j = 0; j < elastance.length; j++) {
            v[from + j] += time * current[from + j] * elastance[j];
        }
    }

    /** a and b of an exact phase, into {@code out}. */
    private void rates(int k, double sign, double[] out) {
        double c = capacitance[k % columns];
        out[0] = (sign * currents.data[k] - leak * charge[k]) / c;
        out[1] = (motion == 0 ? -leak : motion * slopes.data[k] - leak) / c;
    }

    /** {@code (e^{bt} − 1)/b}. */
    private static double grown(double b, double t) {
        return b == 0 ? t : Math.expm1(b * t) / b;
    }

    private void exactly(double[] durations, double sign, @Nullable Crossings crossings) {
        double[] rates = new double[2];
        for (int k = 0; k < charge.length; k++) {
            rates(k, sign, rates);
            double from = charge[k];
            charge[k] = from + rates[0] * grown(rates[1], durations[k / columns]);
            if (crossings != null && crossings.within(k, from, charge[k])) {
                double rise = crossings.threshold(k) - from;
                double time = rise <= 0 ? 0 : rise / rates[0];
                if (rise > 0 && rates[1] != 0) {
                    time = Math.log1p(rates[1] * time) / rates[1];
                }
                crossings.record(k, elapsed[k / columns] + time);
            }
        }
    }

    private void moving(double[] durations, ColumnPort array, double sign, @Nullable Crossings crossings) {
        double[] start = charge.clone();
        double[] at = new double[charge.length];
        double[][] rates = new double[charge.length][2];
        for (int k = 0; k < charge.length; k++) {
            rates(k, sign, rates[k]);
        }
        exactly(durations, sign, crossings);
        double[] weights = new double[vectors];
        DMatrixRMaj lasting = new DMatrixRMaj(vectors, columns);
        for (int g = 0; g < GAUSS_AT.length; g++) {
            for (int k = 0; k < at.length; k++) {
                at[k] = start[k] + rates[k][0] * grown(rates[k][1], GAUSS_AT[g] * durations[k / columns]);
            }
            last(array, at, sign, durations, GAUSS_WEIGHT[g], weights, lasting);
        }
    }

    private void last(
            ColumnPort array,
            double[] v,
            double sign,
            double[] durations,
            double weight,
            double[] seconds,
            DMatrixRMaj unused) {
        place(v, sign);
        array.currents(voltages, unused, null);
        for (int b = 0; b < vectors; b++) {
            seconds[b] = weight * durations[b];
        }
        array.dwell(seconds);
    }

    private void adaptively(double[] durations, ColumnPort array, double sign, @Nullable Crossings crossings) {
        if (charge.length == 0 || Arrays.stream(durations).allMatch(d -> d == 0)) {
            return;
        }
        DormandPrince853Integrator method = new DormandPrince853Integrator(1e-9, 1, ABSOLUTE, RELATIVE);
        method.setMaxEvaluations(MOST_EVALUATIONS);
        method.setInitialStepSize(1);
        method.addStepHandler(new Steps(array, sign, durations, crossings));
        method.integrate(
                new FirstOrderDifferentialEquations() {
                    @Override
                    public int getDimension() {
                        return charge.length;
                    }

                    @Override
                    public void computeDerivatives(double t, double[] v, double[] rate) {
                        place(v, sign);
                        array.currents(voltages, currents, null);
                        for (int b = 0; b < vectors; b++) {
                            for (int j = 0; j < columns; j++) {
                                int k = b * columns + j;
                                rate[k] = durations[b] * (sign * currents.data[k] - leak * v[k]) * elastance[j];
                            }
                        }
                    }
                },
                0,
                charge,
                1,
                charge);
    }

    /** Counts the energy of each step and finds thresholds in it. Time runs from 0 to 1 over the phase. */
    private final class Steps implements StepHandler {
        private final ColumnPort array;
        private final double sign;
        private final double[] durations;
        private final @Nullable Crossings crossings;
        private final double[] seconds = new double[vectors];
        private final DMatrixRMaj lasting = new DMatrixRMaj(vectors, columns);

        Steps(ColumnPort array, double sign, double[] durations, @Nullable Crossings crossings) {
            this.array = array;
            this.sign = sign;
            this.durations = durations;
            this.crossings = crossings;
        }

        @Override
        public void init(double t0, double[] y0, double t) {}

        @Override
        public void handleStep(StepInterpolator step, boolean isLast) {
            double from = step.getPreviousTime();
            double to = step.getCurrentTime();
            double[] start = state(step, from);
            double[] end = state(step, to);
            if (crossings != null) {
                for (int k = 0; k < end.length; k++) {
                    if (crossings.within(k, start[k], end[k])) {
                        double time = crossing(step, k, from, to, start[k], crossings.threshold(k));
                        int b = k / columns;
                        crossings.record(k, elapsed[b] + time * durations[b]);
                    }
                }
            }
            for (int g = 0; g < GAUSS_AT.length; g++) {
                double[] at = state(step, from + GAUSS_AT[g] * (to - from));
                last(array, at, sign, durations, GAUSS_WEIGHT[g] * (to - from), seconds, lasting);
            }
        }

        private double[] state(StepInterpolator step, double time) {
            step.setInterpolatedTime(time);
            return step.getInterpolatedState().clone();
        }

        private double crossing(StepInterpolator step, int k, double from, double to, double start, double threshold) {
            if (start >= threshold) {
                return from;
            }
            return new BrentSolver(1e-14, 1e-14 * (to - from), 1e-15)
                    .solve(
                            1000,
                            time -> {
                                step.setInterpolatedTime(time);
                                return step.getInterpolatedState()[k] - threshold;
                            },
                            from,
                            to);
        }
    }
}
