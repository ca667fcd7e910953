package org.vmmlib.noise.telegraph;

import java.util.Locale;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.noise.EffectName;

/**
 * Random telegraph noise: in some cells a trap captures a charge after a mean time τ_c and emits it after a mean time τ_e;
 * captured, it raises the cell's resistance by a part, so that the current is {@code I/(1 + ΔR/R)}. Empty, the cell is as it
 * was programmed. Which cells, their times and amplitudes are drawn once for a chip. The spectrum of a cell is Lorentzian,
 * {@code S = 4 ΔI²/((τ_c + τ_e)((1/τ)² + (2πf)²))} one-sided with {@code 1/τ = 1/τ_c + 1/τ_e} (S. Machlup, J. Appl. Phys.
 * 25, 341 (1954), doi:10.1063/1.1721637).
 *
 * <p>Vector k of a run, by its global index, starts at k periods; its phases follow at their starts. A state is a function of
 * the cell and of time alone, however the run is cut. During a phase the current is its mean over the phase, which is what
 * an integrator sees; work grows with the number of jumps in a phase.
 *
 * <p>On wires without resistance a cell's change reaches its column whole. Otherwise the changes are those of the solved
 * cell currents, and reach the columns by the array's response to first order ({@link
 * org.vmmlib.core.crossbar.solve.PreparedCrossbar#adjoint}), at a solve for each column and vector.
 */
public final class TelegraphNoise implements Effect.OnRead {

    private static final long AFFECTED = Long.MIN_VALUE;
    private static final long TIMES = Long.MIN_VALUE + 1;
    private static final long AMPLITUDES = Long.MIN_VALUE + 2;

    private final Builder of;

    private TelegraphNoise(Builder of) {
        this.of = of;
    }

    /**
     * Starts from one trap in every cell, {@code ΔR/R = 1 %}, all traps alike.
     *
     * @param capture τ_c, mean time without charge, seconds, above 0; the middle of its spread on a logarithmic scale
     * @param emission τ_e, mean time with charge, seconds, above 0; the middle of its spread on a logarithmic scale
     * @param period time from the start of a vector to that of the next, seconds, above 0
     */
    public static Builder builder(double capture, double emission, double period) {
        return new Builder(capture, emission, period);
    }

    @Override
    public String id() {
        return EffectName.id("array.telegraph", of.name);
    }

    @Override
    public String description() {
        return "telegraph noise of a part " + of.affected + " of the cells";
    }

    /** {@inheritDoc} Refuses a period that is shorter than a vector. */
    @Override
    public void disturb(Read read, DMatrixRMaj currents) {
        int vectors = currents.numRows;
        double[] begins = new double[vectors];
        for (int b = 0; b < vectors; b++) {
            double start = read.at().starts()[b];
            if (start + read.durations()[b] > of.period * (1 + 1e-9)) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "period = %s s: is shorter than a vector, of which a phase ends after %s s; give the telegraph"
                                + " noise the time from vector to vector",
                        of.period,
                        start + read.durations()[b]));
            }
            begins[b] = (double) (read.at().firstCall() + b) * of.period + start;
        }
        int[] cells = affected(read);
        if (cells.length == 0) {
            return;
        }
        TwoStateProcess[] traps = new TwoStateProcess[cells.length];
        double[] sizes = new double[cells.length];
        for (int k = 0; k < cells.length; k++) {
            traps[k] = trap(read.draws(), cells[k]);
            sizes[k] = amplitude(read.draws(), cells[k]);
        }
        double sign = read.array().crossbar().law().topology() == Topology.GATE_DRIVEN ? -1 : 1;
        CellCurrents array = new CellCurrents(read);
        double[] changes = new double[cells.length];
        for (int b = 0; b < vectors; b++) {
            array.at(b);
            double end = begins[b] + read.durations()[b];
            for (int k = 0; k < cells.length; k++) {
                double current = array.current(cells[k]);
                changes[k] = 0;
                if (current != 0) {
                    double part = sizes[k] * of.amplitude.relative(Math.abs(array.voltage(cells[k]) / current));
                    changes[k] = -current * part / (1 + part) * traps[k].between(begins[b], end);
                }
            }
            array.toColumns(cells, changes, sign, currents.data, b * currents.numCols);
        }
    }

    /** Row-major indices of the cells that have a trap. */
    private int[] affected(Read read) {
        double[] chosen = new double[read.cells().rows() * read.cells().columns()];
        read.draws().call(AFFECTED).uniforms(0, chosen, 0, chosen.length);
        return IntStream.range(0, chosen.length)
                .filter(k -> chosen[k] < of.affected)
                .toArray();
    }

    /** The trap of a cell: its times lie evenly on a logarithmic scale. */
    private TwoStateProcess trap(RandomStream draws, int cell) {
        double[] uniform = new double[2];
        draws.call(TIMES).uniforms(2L * cell, uniform, 0, 2);
        double capture = of.capture * Math.pow(10, of.decades * (uniform[0] - 0.5));
        double emission = of.emission * Math.pow(10, of.decades * (uniform[1] - 0.5));
        return new TwoStateProcess(draws, cell, capture, emission);
    }

    /** What the amplitude of a cell is of the median. */
    private double amplitude(RandomStream draws, int cell) {
        return of.amplitudeSpread == 0
                ? 1
                : Math.exp(of.amplitudeSpread * draws.call(AMPLITUDES).gaussian(cell));
    }

    /** Collects the parameters. */
    public static final class Builder {
        private final double capture;
        private final double emission;
        private final double period;
        private String name = "cells";
        private double affected = 1;
        private TelegraphAmplitude amplitude = TelegraphAmplitude.constant(0.01);
        private double amplitudeSpread;
        private double decades;

        private Builder(double capture, double emission, double period) {
            this.capture = Require.positive("capture", capture);
            this.emission = Require.positive("emission", emission);
            this.period = Require.positive("period", period);
        }

        private Builder(Builder other) {
            this(other.capture, other.emission, other.period);
            name = other.name;
            affected = other.affected;
            amplitude = other.amplitude;
            amplitudeSpread = other.amplitudeSpread;
            decades = other.decades;
        }

        /** Tells two such effects apart, such as two kinds of traps; lower-case letters, digits, hyphens. */
        public Builder name(String text) {
            EffectName.id("", text);
            name = text;
            return this;
        }

        /** Probability that a cell has a trap, 0 to 1. */
        public Builder affected(double probability) {
            affected = Require.within("affected", probability, 0, 1);
            return this;
        }

        /**
         * How much a captured charge raises the resistance.
         *
         * @param law median ΔR/R by resistance
         * @param sigma standard deviation of ln ΔR/R between cells, 0 or above
         */
        public Builder amplitude(TelegraphAmplitude law, double sigma) {
            amplitude = law;
            amplitudeSpread = Require.nonNegative("sigma", sigma);
            return this;
        }

        /** Width of the spread of each of the two times between cells, decades, 0 or above; log-uniform. */
        public Builder decades(double width) {
            decades = Require.within("decades", width, 0, 20);
            return this;
        }

        /** The finished effect. */
        public TelegraphNoise build() {
            return new TelegraphNoise(new Builder(this));
        }
    }
}
