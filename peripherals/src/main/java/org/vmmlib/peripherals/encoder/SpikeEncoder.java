package org.vmmlib.peripherals.encoder;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;

/**
 * Spike trains: words as rates, or trains at explicit times, such as those of the neurons of the array before it. The
 * amplitude of the spikes is the driver's on level. Immutable.
 */
public final class SpikeEncoder implements InputEncoder {

    private static final int MOST_SPIKES = 1 << 20;
    private static final long SPIKES_OF_A_ROW = 1L << 20;
    private static final String DRAWS = "spike.times";

    private final PulseDriver driver;
    private final double window;
    private final int bits;
    private final int spikesPerStep;
    private final double width;
    private final boolean random;

    private SpikeEncoder(PulseDriver driver, double window, int bits, int spikesPerStep, double width, boolean random) {
        this.driver = driver;
        this.window = Require.positive("window", window);
        this.bits = bits;
        this.spikesPerStep = spikesPerStep;
        this.width = width;
        this.random = random;
    }

    /**
     * Words as rates of regular spikes: word x is {@code x · spikesPerStep} spikes, evenly over the window.
     *
     * @param bits word length, 1 to 16
     * @param spikesPerStep 1 or more
     * @param width of a spike, seconds, above 0; all spikes of the highest word fit the window
     * @param window seconds, above 0
     */
    public static SpikeEncoder rates(PulseDriver driver, int bits, int spikesPerStep, double width, double window) {
        Require.within("bits", bits, 1, 16);
        Require.within("spikesPerStep", spikesPerStep, 1, 1 << 16);
        Require.positive("width", width);
        long most = spikesPerStep * ((1L << bits) - 1);
        if (most > MOST_SPIKES) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "spikesPerStep = %d: the highest word of %d bits has %d spikes, and may have %d; use fewer for a step",
                    spikesPerStep,
                    bits,
                    most,
                    MOST_SPIKES));
        }
        if (!(most * width < window)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "width = %s s: %d spikes of the highest word do not fit the window of %s s; shorten the spikes",
                    width,
                    most,
                    window));
        }
        return new SpikeEncoder(driver, window, bits, spikesPerStep, width, false);
    }

    /**
     * Words as mean rates of random spikes, {@code x · spikesPerStep / window}: intervals are the width of a spike, in which
     * the next cannot come, and an exponentially distributed time. One draw for each spike, keyed by vector and row.
     */
    public static SpikeEncoder randomRates(
            PulseDriver driver, int bits, int spikesPerStep, double width, double window) {
        rates(driver, bits, spikesPerStep, width, window);
        return new SpikeEncoder(driver, window, bits, spikesPerStep, width, true);
    }

    /**
     * Trains at explicit times, which may last as long as the window.
     *
     * @param window seconds, above 0
     */
    public static SpikeEncoder trains(PulseDriver driver, double window) {
        return new SpikeEncoder(driver, window, 0, 0, 0, false);
    }

    /**
     * Trains of equal spikes from the times at which they begin. A spike that begins before the one before it has ended
     * prolongs it.
     *
     * @param times vectors × channels arrays, row-major, of non-decreasing times, seconds
     * @param width of a spike, seconds, above 0
     */
    public static Edges spikes(int vectors, int channels, double[][] times, double width) {
        Require.positive("width", width);
        double[][] edges = new double[times.length][];
        for (int k = 0; k < times.length; k++) {
            double[] train = new double[2 * times[k].length];
            int at = 0;
            for (double time : times[k]) {
                if (at > 0 && time <= train[at - 1] && time >= train[at - 2]) {
                    train[at - 1] = time + width;
                } else {
                    train[at] = time;
                    train[at + 1] = time + width;
                    at += 2;
                }
            }
            edges[k] = Arrays.copyOf(train, at);
        }
        return new Edges(vectors, channels, edges);
    }

    @Override
    public DriveKind kind() {
        return driver.kind();
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public Signal fullScaleInput() {
        return bits > 0
                ? Codes.unsigned(bits, 1, 1, new int[] {steps()})
                : new Edges(1, 1, new double[][] {{0, window}});
    }

    @Override
    public Rows on(Die die, int rows) {
        double[] levels = driver.levels(die, rows);
        NoisyRows.Schedule schedule = (inputs, firstCall) -> {
            Edges trains = bits > 0
                    ? drawn(Words.require(inputs, this, WordFormat.UNSIGNED, bits, rows), die, firstCall)
                    : fitting(Words.requireEdges(inputs, this, rows));
            trains = EdgeTimeline.jittered(trains, driver.jitter(), window, die.stream(PulseDriver.JITTER), firstCall);
            return EdgeTimeline.schedule(driver, trains, levels, window);
        };
        return new NoisyRows(schedule, (level, conditions) -> driver.noise(level));
    }

    private Edges fitting(Edges edges) {
        for (int b = 0; b < edges.vectors(); b++) {
            for (int i = 0; i < edges.channels(); i++) {
                double[] train = edges.times(b, i);
                if (train.length > 0 && train[train.length - 1] > window * (1 + 1e-12)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "edge[%d,%d] = %s s: must be within the window of %s s; take a longer window",
                            b,
                            i,
                            train[train.length - 1],
                            window));
                }
            }
        }
        return edges;
    }

    private Edges drawn(Codes codes, Die die, long firstCall) {
        int rows = codes.channels();
        double[][] times = new double[codes.vectors() * rows][];
        for (int k = 0; k < times.length; k++) {
            int spikes = codes.data()[k] * spikesPerStep;
            if (random) {
                times[k] = random(spikes, die.stream(DRAWS).call(firstCall + k / rows), k % rows * SPIKES_OF_A_ROW);
            } else {
                times[k] = new double[2 * spikes];
                for (int s = 0; s < spikes; s++) {
                    double middle = (s + 0.5) * window / spikes;
                    times[k][2 * s] = Math.max(0, middle - 0.5 * width);
                    times[k][2 * s + 1] = Math.min(window, times[k][2 * s] + width);
                }
            }
        }
        return new Edges(codes.vectors(), rows, times);
    }

    private double[] random(int spikes, RandomStream draws, long first) {
        if (spikes == 0) {
            return new double[0];
        }
        double pause = window / spikes - width;
        List<Double> edges = new ArrayList<>();
        double begin = -pause * Math.log1p(-draws.uniform(first));
        for (long s = 1; begin < window && s < SPIKES_OF_A_ROW; s++) {
            edges.add(begin);
            edges.add(Math.min(window, begin + width));
            begin += width - pause * Math.log1p(-draws.uniform(first + s));
        }
        return edges.stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public List<Imperfection> imperfections() {
        return driver.imperfections();
    }

    @Override
    public SpikeEncoder without(String imperfection) {
        return new SpikeEncoder(driver.without(imperfection), window, bits, spikesPerStep, width, random);
    }

    /** That of the drivers, for words of half scale; one spike a row and window where the times are given. */
    @Override
    public Cost cost(Activity activity) {
        return driver.cost(activity, bits > 0 ? spikesPerStep * ((1 << bits) - 1) / 2.0 : 1);
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("window", window, "s", "user"));
        if (bits > 0) {
            entries.add(new Datasheet.Entry("word length", bits, "", "user"));
            entries.add(new Datasheet.Entry("spikes of a step", spikesPerStep, "", "user"));
            entries.add(new Datasheet.Entry("spike width", width, "s", "user"));
        }
        entries.addAll(driver.datasheet().entries());
        String what = bits == 0 ? "spike trains" : random ? "random spike-rate encoder" : "spike-rate encoder";
        return new Datasheet(what + ", with a " + driver.datasheet().title(), entries);
    }
}
