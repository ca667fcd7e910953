package org.vmmlib.peripherals.neuron;

import java.util.List;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * A multi-bit integrate-and-fire neuron on each column, or on each pair of columns, whose currents it subtracts (a signed
 * synapse of two cells). A vector begins with every membrane at rest, and goes through any number of phases. Immutable.
 *
 * <p>In each phase the array is asked once for its currents at the column voltage at rest. Where the amplifier has a
 * finite bandwidth, the error of its virtual ground lowers a column's current by the column's own conductance, which the
 * array tells too; that is exact for linear cells on lines without resistance, and first order elsewhere.
 *
 * <p>It gives either spikes, as pulses that can drive the rows of the next array without conversion — channel {@code j L +
 * k} is output D_k of neuron j, with L outputs each — or words that count the spikes of all outputs of a neuron, which is
 * the integral of its thermometer code.
 */
public final class NeuronReadout implements Readout {

    private final MultiBitNeuron neuron;
    private final Polarity polarity;
    private final Datasheet.Entry columnVoltage;
    private final boolean pairs;
    private final int countBits;

    private NeuronReadout(
            MultiBitNeuron neuron, Polarity polarity, Datasheet.Entry columnVoltage, boolean pairs, int countBits) {
        this.neuron = neuron;
        this.polarity = polarity;
        this.columnVoltage = columnVoltage;
        this.pairs = pairs;
        this.countBits = countBits;
    }

    /**
     * A neuron on each column that gives its spikes.
     *
     * @param neuron the neuron
     * @param polarity which way the signal current flows; it raises the membrane either way
     * @param columnVoltage at which the virtual grounds are, in volts
     */
    public static NeuronReadout spikes(MultiBitNeuron neuron, Polarity polarity, double columnVoltage) {
        Require.finite("columnVoltage", columnVoltage);
        return new NeuronReadout(
                neuron, polarity, new Datasheet.Entry("column voltage", columnVoltage, "V", "user"), false, 0);
    }

    /**
     * The same with words that count the spikes of a neuron; more than the highest word is clipped, and counted as
     * {@code neuron.counter}.
     *
     * @param bits of the counters, 1 to 24
     */
    public NeuronReadout counted(int bits) {
        return new NeuronReadout(neuron, polarity, columnVoltage, pairs, Require.within("bits", bits, 1, 24));
    }

    /**
     * The same with a neuron on each pair of neighbouring columns: the first column's current less the second's. A last
     * column without a neighbour is alone. Where words are given, the count is that of the pair's first column, and the
     * second has 0.
     */
    public NeuronReadout pairs() {
        return new NeuronReadout(neuron, polarity, columnVoltage, true, countBits);
    }

    /** The neuron. */
    public MultiBitNeuron neuron() {
        return neuron;
    }

    /** Number of neurons on so many columns. */
    public int neurons(int columns) {
        return pairs ? (columns + 1) / 2 : columns;
    }

    @Override
    public double columnVoltage() {
        return columnVoltage.value();
    }

    @Override
    public double inputResistance() {
        return 0;
    }

    @Override
    public boolean fits(Topology topology) {
        return (polarity == Polarity.SINK) == (topology == Topology.SOURCE_DRIVEN);
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Require.within("columns", columns, 1, Integer.MAX_VALUE);
        NeuronBank bank = neuron.on(die, neurons(columns));
        return (vectors, firstCall) -> new Frame(bank, vectors, firstCall, columns);
    }

    /**
     * The static bias; the signal charge comes from the supply through the amplifiers, and what of that voltage is left at the
     * columns falls across the array where the neurons give the current.
     */
    @Override
    public Cost cost(Activity activity) {
        int neurons = neurons(activity.channels());
        double fall = polarity == Polarity.SOURCE ? Math.max(0, neuron.supply() - columnVoltage()) : neuron.supply();
        double energy = fall * activity.charge() + neuron.biasPower() * neurons * activity.time();
        return new Cost("neurons", energy, 0, neurons * neuron.area());
    }

    @Override
    public List<Imperfection> imperfections() {
        return neuron.imperfections();
    }

    @Override
    public NeuronReadout without(String imperfection) {
        if (imperfections().stream().noneMatch(has -> has.id().equals(imperfection))) {
            throw Block.unknown(this, imperfection);
        }
        return new NeuronReadout(neuron.without(imperfection), polarity, columnVoltage, pairs, countBits);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet of = neuron.datasheet();
        Datasheet.Builder sheet = Datasheet.of(of.title() + "s ("
                + polarity.name().toLowerCase(Locale.ROOT) + (pairs ? ", on pairs of columns)" : ")"));
        sheet.add(columnVoltage.parameter(), columnVoltage.value(), columnVoltage.unit(), columnVoltage.source());
        of.entries().forEach(e -> sheet.add(e.parameter(), e.value(), e.unit(), e.source()));
        if (countBits > 0) {
            sheet.add("counter", countBits, "bit", "user");
        }
        return sheet.build();
    }

    /** One batch. */
    private final class Frame implements Session {
        private final int vectors;
        private final int columns;
        private final Membrane[] membranes;
        private final DMatrixRMaj held;
        private final DMatrixRMaj currents;
        private final @Nullable DMatrixRMaj slopes;

        Frame(NeuronBank bank, int vectors, long firstCall, int columns) {
            this.vectors = vectors;
            this.columns = columns;
            membranes = new Membrane[Math.multiplyExact(vectors, bank.size())];
            for (int b = 0; b < vectors; b++) {
                NeuronBank now = bank.call(firstCall + b);
                for (int j = 0; j < bank.size(); j++) {
                    membranes[b * bank.size() + j] = now.membrane(j);
                }
            }
            held = new DMatrixRMaj(vectors, columns);
            held.fill(columnVoltage());
            currents = new DMatrixRMaj(vectors, columns);
            slopes = Double.isInfinite(neuron.gainBandwidth()) ? null : new DMatrixRMaj(vectors, columns);
        }

        @Override
        public void phase(double[] durations, ColumnPort array) {
            if (array.vectors() != vectors || array.columns() != columns || durations.length != vectors) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "array gives %d vectors of %d columns with %d durations: must be %d of %d, as the neurons were"
                                + " begun with",
                        array.vectors(),
                        array.columns(),
                        durations.length,
                        vectors,
                        columns));
            }
            array.currents(held, currents, slopes);
            int neurons = neurons(columns);
            for (int b = 0; b < vectors; b++) {
                for (int j = 0; j < neurons; j++) {
                    int first = b * columns + (pairs ? 2 * j : j);
                    double current = currents.data[first];
                    double load = load(first);
                    if (pairs && 2 * j + 1 < columns) {
                        current -= currents.data[first + 1];
                        load += load(first + 1);
                    }
                    membranes[b * neurons + j].advance(durations[b], current, load);
                }
            }
        }

        /** By how much the column's current falls for each volt that the virtual ground gives way. */
        private double load(int at) {
            if (slopes == null) {
                return 0;
            }
            double slope = slopes.data[at];
            return Math.max(0, -polarity.rise() * slope);
        }

        @Override
        public Signal finish(Saturation saturation) {
            return countBits == 0 ? edges() : counts(saturation);
        }

        private Edges edges() {
            int levels = neuron.ladder().levels();
            int neurons = neurons(columns);
            double[][] times = new double[membranes.length * levels][];
            for (int k = 0; k < times.length; k++) {
                Membrane membrane = membranes[k / levels];
                int level = k % levels;
                times[k] = Pulses.of(membrane.spikes(level), membrane.count(level), neuron.pulseWidth());
            }
            return new Edges(vectors, neurons * levels, times);
        }

        private Codes counts(Saturation saturation) {
            int levels = neuron.ladder().levels();
            int neurons = neurons(columns);
            int highest = (1 << countBits) - 1;
            int[] words = new int[vectors * columns];
            long clipped = 0;
            for (int k = 0; k < membranes.length; k++) {
                int count = 0;
                for (int level = 0; level < levels; level++) {
                    count += membranes[k].count(level);
                }
                clipped += count > highest ? 1 : 0;
                int column = k % neurons * (pairs ? 2 : 1);
                words[k / neurons * columns + column] = Math.min(count, highest);
            }
            saturation.add("neuron.counter", clipped);
            return Codes.unsigned(countBits, vectors, columns, words);
        }
    }
}
