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
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;

/**
 * Inputs of a two-phase time-domain multiplier (Bavandpour, Mahmoodi, Strukov, arXiv:1711.10673): in the first phase, of
 * length T, a row is on for a time x, in the second, as long, all rows are on. A word k of p bits is a step that rises at
 * {@code T − x}, {@code x = T k / (2^p − 1)}, and stays; pulses that the array before gave are taken as they are. Immutable.
 *
 * <p>Imperfections: those of the {@link PulseDriver}.
 */
public final class TwoPhaseEncoder implements InputEncoder {

    private final PulseDriver driver;
    private final int bits;
    private final double time;

    private TwoPhaseEncoder(PulseDriver driver, int bits, double time) {
        this.driver = driver;
        this.bits = bits;
        this.time = Require.positive("time", time);
    }

    /**
     * Takes unsigned words.
     *
     * @param bits word length, 1 to 24
     * @param time T, seconds, above 0
     */
    public static TwoPhaseEncoder words(PulseDriver driver, int bits, double time) {
        return new TwoPhaseEncoder(driver, Require.within("bits", bits, 1, 24), time);
    }

    /**
     * Takes the pulses of the array before it, within T.
     *
     * @param time T, seconds, above 0
     */
    public static TwoPhaseEncoder pulses(PulseDriver driver, double time) {
        return new TwoPhaseEncoder(driver, 0, time);
    }

    @Override
    public DriveKind kind() {
        return driver.kind();
    }

    @Override
    public Coding coding() {
        return new Coding.TwoPhase(time);
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public Signal fullScaleInput() {
        return bits > 0 ? Codes.unsigned(bits, 1, 1, new int[] {steps()}) : new Edges(1, 1, new double[][] {{0, time}});
    }

    @Override
    public Rows on(Die die, int rows) {
        double[] levels = driver.levels(die, rows);
        NoisyRows.Schedule schedule = (inputs, firstCall) -> {
            Edges first = bits > 0
                    ? steps(Words.require(inputs, this, WordFormat.UNSIGNED, bits, rows))
                    : Words.requireEdges(inputs, this, rows);
            first = EdgeTimeline.jittered(first, driver.jitter(), time, die.stream(PulseDriver.JITTER), firstCall);
            double[][] both = new double[first.vectors() * rows][];
            for (int k = 0; k < both.length; k++) {
                both[k] = withSecondPhase(first.times(k / rows, k % rows), k / rows, k % rows);
            }
            return EdgeTimeline.schedule(driver, new Edges(first.vectors(), rows, both), levels, 2 * time);
        };
        return new NoisyRows(schedule, (level, conditions) -> driver.noise(level));
    }

    private Edges steps(Codes codes) {
        double[][] times = new double[codes.data().length][];
        for (int k = 0; k < times.length; k++) {
            double value = time * codes.data()[k] / steps();
            times[k] = codes.data()[k] == 0 ? new double[0] : new double[] {time - value, time};
        }
        return new Edges(codes.vectors(), codes.channels(), times);
    }

    private double[] withSecondPhase(double[] train, int vector, int row) {
        if (train.length > 0 && train[train.length - 1] > time * (1 + 1e-12)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "edge[%d,%d] = %s s: must be within the first phase of %s s; give both arrays the same time",
                    vector,
                    row,
                    train[train.length - 1],
                    time));
        }
        double[] whole = Arrays.copyOf(train, train.length + 2);
        for (int e = 0; e < train.length; e++) {
            whole[e] = Math.min(time, whole[e]);
        }
        whole[train.length] = time;
        whole[train.length + 1] = 2 * time;
        return whole;
    }

    @Override
    public List<Imperfection> imperfections() {
        return driver.imperfections();
    }

    @Override
    public TwoPhaseEncoder without(String imperfection) {
        return new TwoPhaseEncoder(driver.without(imperfection), bits, time);
    }

    @Override
    public Cost cost(Activity activity) {
        return driver.cost(activity, 1);
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        if (bits > 0) {
            entries.add(new Datasheet.Entry("word length", bits, "", "user"));
        }
        entries.add(new Datasheet.Entry("time of a phase", time, "s", "user"));
        entries.addAll(driver.datasheet().entries());
        String what = bits > 0 ? "two-phase encoder of words" : "two-phase encoder of pulses";
        return new Datasheet(what + ", with a " + driver.datasheet().title(), entries);
    }
}
