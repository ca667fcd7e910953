package org.vmmlib.devices.flash;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.RowPort;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.devices.transistor.MosChannel;

/**
 * The peripheral reference cells of a gate-coupled array, one for each row: the input current flows through a cell of the
 * array's own law, whose gate, tied to the row's gate line, settles where the cell carries just that current. The array
 * cells then mirror it: {@code I_out = w I_in}, or {@code w I_in/m} where a row's reference is m cells in parallel, which
 * settle faster.
 *
 * <p>The gate voltage is the exact inverse of the law at the reference cell's drain voltage. So on the exponential law
 * the mirror is exact for every input; on the charge-based one the error left is that of unequal thresholds,
 * about +IC(1 − w), and of unequal drain voltages.
 *
 * <p>Besides the imperfections of the law, which have the ids that {@link FloatingGateCell} gives them (a circuit toggles
 * them in both at once), the reference cells have:
 *
 * <ul>
 *   <li>{@code reference.threshold-mismatch}: each row's threshold is off, so its weights share a factor
 *       {@code exp(κ ΔV/U_t)}; what tuning the array against its own reference cells leaves of it.
 *   <li>{@code reference.kappa-mismatch}: each row's gate efficiency is off, so that {@code I_out ∝ I_in^(κ/κ_ref)}. The
 *       row's error is zero at the law's tuning current, or at the reference threshold where there is none.
 *   <li>{@code reference.off-level}: at an input of 0 the gate rests at a finite level instead of switching off.
 * </ul>
 *
 * <p>Noise: that of the reference cells' channels, {@code 2qI coth(V_D/2U_t)} in weak inversion, adds to the input current,
 * so that all cells of the row mirror it. It acts where a circuit is given an effect that draws it.
 *
 * <p>Settling. The input current charges the gate line, {@code C dV/dt = I_in − I}, I = m I_0 exp(κV/U_t). For the
 * current I of the reference, to which those of the array are proportional, that is {@code dI/dt = I (I_in − I)/(τ I_in)} with τ = C U_t/(κ I_in): a logistic,
 * {@code I(t) = I_in / (1 + (I_in/I_start − 1) exp(−t/τ))}. It is slowest at the smallest input. It starts from the off
 * level, or from a grounded gate where that level is not finite.
 */
public final class ReferenceCells implements RowPort {

    private static final String THRESHOLD = "reference.threshold-mismatch";
    private static final String KAPPA = "reference.kappa-mismatch";
    private static final String OFF = "reference.off-level";

    private final Builder parameters;

    private ReferenceCells(Builder parameters) {
        this.parameters = parameters;
    }

    /** Starts from ideal reference cells of a law, their drain at 0.5 V. */
    public static Builder builder(FloatingGateCell cell) {
        return new Builder(cell);
    }

    /** These reference cells, to change. */
    public Builder toBuilder() {
        return new Builder(parameters);
    }

    /** The law of the reference cells. */
    public FloatingGateCell cell() {
        return parameters.cell;
    }

    /** Drain voltage of the reference cells, volts. */
    public double drainVoltage() {
        return parameters.drainVoltage;
    }

    /** 1 over the number of reference cells in parallel. */
    @Override
    public double ratio() {
        return 1.0 / parameters.cellsInParallel;
    }

    @Override
    public Rows on(Die die, int rows) {
        double[] thresholds = die.mismatch(THRESHOLD, parameters.thresholdMismatch, rows);
        double[] kappas = die.mismatch(KAPPA, parameters.kappaMismatch, rows);
        for (double kappa : kappas) {
            if (kappa <= -1) {
                throw new IllegalArgumentException("kappaMismatch = " + parameters.kappaMismatch
                        + ": gives a negative kappa; must be well below 1");
            }
        }
        return new Rows() {
            @Override
            public void gates(DMatrixRMaj currents, Conditions conditions, DMatrixRMaj gates) {
                ReferenceCells.this.gates(currents, conditions, thresholds, kappas, gates);
            }

            @Override
            public void noise(DMatrixRMaj currents, Conditions conditions, DMatrixRMaj density) {
                ReferenceCells.this.noise(currents, conditions, density);
            }
        };
    }

    /** Noise of the channels of all reference cells of a row, which their input current cannot be told from. */
    private void noise(DMatrixRMaj currents, Conditions conditions, DMatrixRMaj density) {
        Require.within("currents", currents, 0, Double.MAX_VALUE);
        density.reshape(currents.numRows, currents.numCols);
        Channel channel = parameters.cell.channel(conditions);
        MosChannel mos = channel.mos();
        double drain = parameters.drainVoltage;
        for (int k = 0; k < currents.getNumElements(); k++) {
            double current = currents.data[k] / parameters.cellsInParallel;
            density.data[k] = current == 0
                    ? 0
                    : parameters.cellsInParallel
                            * mos.noiseDensity(
                                    mos.pinchOff(channel.gate(current, drain)), 0, drain, conditions.temperature());
        }
    }

    private void gates(
            DMatrixRMaj currents, Conditions conditions, double[] thresholds, double[] kappas, DMatrixRMaj gates) {
        int rows = thresholds.length;
        Require.shape("currents", currents, currents.numRows, rows);
        Require.within("currents", currents, 0, Double.MAX_VALUE);
        gates.reshape(currents.numRows, rows);
        Channel channel = parameters.cell.channel(conditions);
        double drain = parameters.drainVoltage;
        double tuning = parameters.cell.tuningCurrent();
        double pivot = tuning > 0 ? channel.gate(tuning, drain) : channel.gateAt(0, drain);
        for (int k = 0; k < gates.getNumElements(); k++) {
            double current = currents.data[k] / parameters.cellsInParallel;
            if (current == 0) {
                gates.data[k] = parameters.offLevel;
                continue;
            }
            double gate = channel.gate(current, drain);
            double kappa = kappas[k % rows];
            if (kappa != 0) {
                gate = pivot + (gate - pivot) / (1 + kappa);
            }
            gates.data[k] = gate + thresholds[k % rows];
        }
    }

    /**
     * The time until the mirrored currents have settled.
     *
     * @param current input current, amperes, above 0
     * @param error relative error allowed, above 0, below 1
     * @return seconds, 0 without gate line capacitance
     */
    public double settlingTime(double current, double error, Conditions conditions) {
        Require.positive("current", current);
        Require.within("error", Require.positive("error", error), 0, Math.nextDown(1.0));
        double start = startCurrent(conditions);
        double distance = start < current
                ? (current / start - 1) * (1 - error) / error
                : (1 - current / start) * (1 + error) / error;
        return timeConstant(current, conditions) * Math.max(0, Math.log(distance));
    }

    /**
     * The mirrored currents while they settle, as a fraction of their final values.
     *
     * @param current input current, amperes, above 0
     * @param time since it began to flow, seconds, 0 or above
     */
    public double settledFraction(double current, double time, Conditions conditions) {
        Require.positive("current", current);
        Require.nonNegative("time", time);
        double tau = timeConstant(current, conditions);
        double left = tau == 0 ? 0 : Math.exp(-time / tau);
        return 1 / (1 + (current / startCurrent(conditions) - 1) * left);
    }

    private double timeConstant(double current, Conditions conditions) {
        return parameters.gateCapacitance * conditions.thermalVoltage() / (parameters.cell.kappa() * current);
    }

    private double startCurrent(Conditions conditions) {
        return parameters.cellsInParallel
                * parameters.cell.channel(conditions).current(startLevel(), parameters.drainVoltage);
    }

    private double startLevel() {
        return Double.isFinite(parameters.offLevel) ? parameters.offLevel : 0;
    }

    /**
     * Energy: what the input dissipates in the reference cells, where the charge of the gate lines ends too. Time: settling
     * at the smallest current, if one was given. Area: the reference cells of all rows.
     */
    @Override
    public Cost cost(Activity activity) {
        double energy = activity.charge() * parameters.drainVoltage;
        double time = parameters.smallestCurrent > 0
                ? settlingTime(parameters.smallestCurrent / ratio(), parameters.settlingError, Conditions.ROOM)
                : 0;
        double area = activity.channels() * parameters.cellsInParallel * parameters.cell.cellArea();
        return new Cost("reference cells", energy, time, area);
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> list = new ArrayList<>(parameters.cell.imperfections());
        if (parameters.thresholdMismatch > 0) {
            list.add(new Imperfection(THRESHOLD, "threshold of each row's reference cell"));
        }
        if (parameters.kappaMismatch > 0) {
            list.add(new Imperfection(KAPPA, "gate efficiency of each row's reference cell"));
        }
        if (parameters.offLevel > Double.NEGATIVE_INFINITY) {
            list.add(new Imperfection(OFF, "finite gate level at an input of 0"));
        }
        return list;
    }

    @Override
    public ReferenceCells without(String imperfection) {
        if (imperfections().stream().noneMatch(i -> i.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        Builder copy = toBuilder();
        switch (imperfection) {
            case THRESHOLD -> copy.thresholdMismatch(0).from("without " + THRESHOLD);
            case KAPPA -> copy.kappaMismatch(0).from("without " + KAPPA);
            case OFF -> copy.offLevel(Double.NEGATIVE_INFINITY).from("without " + OFF);
            default -> copy.cell = parameters.cell.without(imperfection);
        }
        return copy.build();
    }

    /** The reference cells' own parameters; those of the law are on its datasheet. */
    @Override
    public Datasheet datasheet() {
        Builder p = parameters;
        return Datasheet.of("peripheral reference cells")
                .add("drain voltage", p.drainVoltage, "V", p.source("drainVoltage"))
                .add("cells in parallel", p.cellsInParallel, "", p.source("cellsInParallel"))
                .add("threshold mismatch sigma", p.thresholdMismatch, "V", p.source("thresholdMismatch"))
                .add("kappa mismatch sigma", p.kappaMismatch, "", p.source("kappaMismatch"))
                .add("gate level at an input of 0", p.offLevel, "V", p.source("offLevel"))
                .add("gate line capacitance", p.gateCapacitance, "F", p.source("gateCapacitance"))
                .add("smallest current of a cell", p.smallestCurrent, "A", p.source("settling"))
                .add("settling error", p.settlingError, "", p.source("settling"))
                .build();
    }

    /** Collects the parameters. Each value may be followed by {@link #from}, which tells its source. */
    public static final class Builder {
        private final Map<String, String> sources;
        private String last = "";
        private FloatingGateCell cell;
        private double drainVoltage = 0.5;
        private int cellsInParallel = 1;
        private double thresholdMismatch;
        private double kappaMismatch;
        private double offLevel = Double.NEGATIVE_INFINITY;
        private double gateCapacitance;
        private double smallestCurrent;
        private double settlingError = 0.01;

        private Builder(FloatingGateCell cell) {
            this.cell = cell;
            sources = new TreeMap<>();
            sources.put("drainVoltage", "chosen");
            sources.put("cellsInParallel", "default: one");
        }

        private Builder(Builder other) {
            sources = new TreeMap<>(other.sources);
            cell = other.cell;
            drainVoltage = other.drainVoltage;
            cellsInParallel = other.cellsInParallel;
            thresholdMismatch = other.thresholdMismatch;
            kappaMismatch = other.kappaMismatch;
            offLevel = other.offLevel;
            gateCapacitance = other.gateCapacitance;
            smallestCurrent = other.smallestCurrent;
            settlingError = other.settlingError;
        }

        private String source(String parameter) {
            return sources.getOrDefault(parameter, "default: none");
        }

        private Builder set(String parameter) {
            sources.put(parameter, "user");
            last = parameter;
            return this;
        }

        /**
         * Tells the source of the value given just before, for the datasheet; "user" unless told.
         *
         * @throws IllegalArgumentException if no value was given before
         */
        public Builder from(String source) {
            if (last.isEmpty()) {
                throw new IllegalArgumentException("source = " + source + ": give a value first, then its source");
            }
            sources.put(last, source);
            return this;
        }

        /** The law of the reference cells: that of the array. */
        public Builder cell(FloatingGateCell value) {
            cell = value;
            return this;
        }

        /** Drain voltage of the reference cells, volts, above 0; best that of the array's columns. */
        public Builder drainVoltage(double volts) {
            drainVoltage = Require.positive("drainVoltage", volts);
            return set("drainVoltage");
        }

        /** Number m of cells that are the reference of a row, 1 to 10,000: m times the input current, settled m times as fast. */
        public Builder cellsInParallel(int count) {
            cellsInParallel = Require.within("cellsInParallel", count, 1, 10_000);
            return set("cellsInParallel");
        }

        /** Standard deviation of the reference cells' thresholds, volts, 0 or above. */
        public Builder thresholdMismatch(double volts) {
            thresholdMismatch = Require.nonNegative("thresholdMismatch", volts);
            return set("thresholdMismatch");
        }

        /** Relative standard deviation of the reference cells' gate efficiency, 0 to 0.1. */
        public Builder kappaMismatch(double value) {
            kappaMismatch = Require.within("kappaMismatch", value, 0, 0.1);
            return set("kappaMismatch");
        }

        /** Gate voltage at an input of 0, volts; negative infinity switches the cells off altogether. */
        public Builder offLevel(double volts) {
            offLevel = volts == Double.NEGATIVE_INFINITY ? volts : Require.finite("offLevel", volts);
            return set("offLevel");
        }

        /** Capacitance of a gate line with all its cells, farads, 0 or above. */
        public Builder gateCapacitance(double farads) {
            gateCapacitance = Require.nonNegative("gateCapacitance", farads);
            return set("gateCapacitance");
        }

        /**
         * What the gate lines must settle to.
         *
         * @param smallest smallest current above 0 of one reference cell (input current over cells in parallel),
         *     amperes; 0: settling takes no time
         * @param error relative error allowed, above 0, below 1
         */
        public Builder settling(double smallest, double error) {
            smallestCurrent = Require.nonNegative("smallest", smallest);
            settlingError = Require.within("error", Require.positive("error", error), 0, Math.nextDown(1.0));
            return set("settling");
        }

        /** The finished reference cells. */
        public ReferenceCells build() {
            return new ReferenceCells(new Builder(this));
        }
    }
}
