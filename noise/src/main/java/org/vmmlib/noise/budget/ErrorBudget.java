package org.vmmlib.noise.budget;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.run.Chunks;
import org.vmmlib.core.run.Progress;
import org.vmmlib.core.run.TrialStore;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Signal;

/**
 * Runs one circuit, with one matrix and one batch, on a number of fabricated chips: with each imperfection alone, with
 * each removed, with all, with none, and with all at other temperatures than that of tuning. An imperfection makes the
 * same draws in all of them, because each draws from a stream of its own. Immutable.
 *
 * <p>A trial is one chip; its noise is drawn anew too. Trials are independent and can be kept in a {@link TrialStore}.
 * Errors are kept in single precision, in LSB.
 */
public final class ErrorBudget {

    private static final int MOST_TRIALS = 1000;
    private static final int MOST_VALUES = 1 << 27;
    private static final int USUAL_BITS = 8;

    private final Macro macro;
    private final DMatrixRMaj weights;
    private final Signal inputs;
    private final long seed;
    private final int trials;
    private final List<Double> temperatures;
    private final int bits;
    private final double required;
    private final double confidence;
    private final int resamples;
    private final Circuits circuits;
    private final List<Reference> references;

    /** Outputs of the full circuit on chip 0: they follow from every number in it, named in a description or not. */
    private final String outputsOfFirstChip;

    private ErrorBudget(Builder b) {
        macro = b.macro;
        weights = b.weights;
        inputs = b.inputs;
        seed = b.seed;
        trials = b.trials;
        temperatures = b.temperatures;
        confidence = b.confidence;
        resamples = b.resamples;
        bits = macro.converter().map(Converter::bits).orElse(b.bits);
        required = b.required == null ? bits - 1 : b.required;
        circuits = Circuits.of(macro, temperatures);
        ProgrammedMacro programmed = macro.program(weights, Die.of(RandomStreams.of(seed)));
        if (inputs.channels() != programmed.plan().inputs()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "inputs has %d values a vector: must be %d for these weights",
                    inputs.channels(),
                    programmed.plan().inputs()));
        }
        references = new ArrayList<>();
        references.add(Reference.beforeQuantiser(macro, programmed, inputs, bits));
        macro.converter().ifPresent(c -> references.add(Reference.afterQuantiser(c, programmed, inputs)));
        if ((long) trials * valuesPerTrial() > MOST_VALUES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "trials = %d: %d circuits with %d outputs make %d errors, must be at most %d; use fewer trials or a"
                            + " smaller batch",
                    trials,
                    circuits.macros().size(),
                    outputs(),
                    (long) trials * valuesPerTrial(),
                    MOST_VALUES));
        }
        outputsOfFirstChip = sumOfOutputs(programmed, inputs);
    }

    private static String sumOfOutputs(ProgrammedMacro chip, Signal inputs) {
        DMatrixRMaj levels = new DMatrixRMaj(1, 1);
        DMatrixRMaj outputs = chip.multiply(inputs, 0, levels).outputs();
        return sum(levels.data) + " " + sum(outputs.data);
    }

    /**
     * Starts a budget.
     *
     * @param macro the circuit with all its imperfections
     * @param weights as its mapping takes them. Copied.
     * @param inputs the batch, as the circuit takes it
     */
    public static Builder of(Macro macro, DMatrixRMaj weights, Signal inputs) {
        return new Builder(macro, weights.copy(), inputs);
    }

    private int outputs() {
        return references.get(0).outputs();
    }

    /** Numbers that one trial gives, for a {@link TrialStore}. */
    public int valuesPerTrial() {
        return Math.multiplyExact(circuits.macros().size() * references.size(), outputs());
    }

    /**
     * What the trials depend on, by name; their number is none of it, so a longer run can go on from a shorter one. The
     * circuit is told by its datasheets and by what it gives on chip 0, to the last bit.
     */
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("seed", Long.toString(seed));
        settings.put("temperatures", temperatures.toString());
        settings.put(
                "imperfections",
                circuits.imperfections().stream().map(Imperfection::id).collect(Collectors.joining(" ")));
        settings.put("bits", Integer.toString(bits));
        settings.put("batch", Integer.toString(inputs.vectors()));
        settings.put("weights", weights.numRows + " x " + weights.numCols + ", sum " + sum(weights.data));
        settings.put("inputs", inputs.vectors() + " x " + inputs.channels() + ", sum " + sum(inputs));
        settings.put("circuit", "sum " + sumOfCircuit());
        return settings;
    }

    private String sumOfCircuit() {
        StringBuilder text = new StringBuilder();
        for (Block block : macro.blocks()) {
            text.append(block.datasheet());
        }
        text.append(circuits.imperfections())
                .append(macro.conditions())
                .append(macro.gain())
                .append(outputsOfFirstChip);
        return sum(text.toString().chars().asDoubleStream().toArray());
    }

    private static String sum(Signal signal) {
        if (signal instanceof Codes codes) {
            return sum(Arrays.stream(codes.data()).asDoubleStream().toArray());
        }
        if (signal instanceof Levels levels) {
            return sum(levels.values().data);
        }
        Edges edges = (Edges) signal;
        return sum(IntStream.range(0, edges.vectors() * edges.channels())
                .mapToObj(k -> edges.times(k / edges.channels(), k % edges.channels()))
                .flatMapToDouble(Arrays::stream)
                .toArray());
    }

    /** A check sum, to tell one from another. */
    private static String sum(double[] data) {
        CRC32 sum = new CRC32();
        for (double value : data) {
            long all = Double.doubleToLongBits(value);
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                sum.update((int) (all >>> shift));
            }
        }
        return Long.toHexString(sum.getValue());
    }

    /**
     * Runs the trials and sums up.
     *
     * @param threads threads to use; the result does not depend on it
     * @param store where finished trials are found and kept
     * @throws InterruptedException if this thread is interrupted; finished trials are kept
     */
    public BudgetResult run(int threads, TrialStore store, Progress progress) throws InterruptedException {
        List<float[]> errors = new Chunks(1, threads)
                .run(
                        trials,
                        (trial, unused) -> store.find(trial).orElseGet(() -> {
                            float[] given = run(trial);
                            store.keep(trial, given);
                            return given;
                        }),
                        progress);
        Bootstrap bootstrap = new Bootstrap(RandomStreams.of(seed), trials, resamples, confidence);
        return new Summary(circuits, references, temperatures, bits, required, confidence, bootstrap)
                .of(errors, macro.conditions().temperature());
    }

    /** The errors of one chip: circuit by circuit, in each those of each view. */
    private float[] run(int trial) {
        float[] errors = new float[valuesPerTrial()];
        Die die = Die.of(RandomStreams.of(seed).forTrial(trial));
        DMatrixRMaj levels = new DMatrixRMaj(1, 1);
        int at = 0;
        for (Macro circuit : circuits.macros()) {
            ProgrammedMacro programmed = circuit.program(weights, die);
            MacroResult result = programmed.multiply(inputs, 0, levels);
            for (Reference reference : references) {
                DMatrixRMaj actual = result.outputs();
                if (reference.view() == View.BEFORE_QUANTISER && references.size() > 1) {
                    actual = new DMatrixRMaj(actual.numRows, actual.numCols);
                    programmed.plan().combine(inputs, levels, actual);
                }
                reference.errors(actual, errors, at);
                at += outputs();
            }
        }
        return errors;
    }

    /** Collects what a budget needs. */
    public static final class Builder {
        private final Macro macro;
        private final DMatrixRMaj weights;
        private final Signal inputs;
        private long seed = 1;
        private int trials = 32;
        private List<Double> temperatures = List.of();
        private int bits = USUAL_BITS;
        private @Nullable Double required;
        private double confidence = 0.95;
        private int resamples = 2000;

        private Builder(Macro macro, DMatrixRMaj weights, Signal inputs) {
            this.macro = macro;
            this.weights = weights;
            this.inputs = inputs;
        }

        /** Seed of all random numbers; 1 unless given. */
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /** Chips, 2 to 1000; 32 unless given. */
        public Builder trials(int value) {
            trials = Require.within("trials", value, 2, MOST_TRIALS);
            return this;
        }

        /** Temperatures, kelvin, at which the full circuit runs too, tuned where it was; none unless given. */
        public Builder temperatures(List<Double> kelvin) {
            kelvin.forEach(t -> Require.positive("temperature", t));
            temperatures = List.copyOf(kelvin);
            return this;
        }

        /** Word length of which errors are in LSB where the circuit has no converter, 1 to 16; 8 unless given. */
        public Builder bits(int value) {
            bits = Require.within("bits", value, 1, 16);
            return this;
        }

        /** Effective bits that a chip must have to count in the yield; one less than the word length unless given. */
        public Builder required(double value) {
            required = Require.finite("required", value);
            return this;
        }

        /** Of all intervals, 0.5 to 0.999; 0.95 unless given. */
        public Builder confidence(double value) {
            confidence = Require.within("confidence", value, 0.5, 0.999);
            return this;
        }

        /** Resamples of the bootstrap, 100 to 2^20; 2000 unless given. */
        public Builder resamples(int value) {
            resamples = Require.within("resamples", value, 100, 1 << 20);
            return this;
        }

        /**
         * The finished budget.
         *
         * @throws IllegalArgumentException if weights or inputs do not fit the circuit, the ideal outputs are all equal,
         *     or there are too many errors to hold
         */
        public ErrorBudget build() {
            return new ErrorBudget(this);
        }
    }
}
