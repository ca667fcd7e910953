package org.vmmlib.peripherals.encoder;

import java.util.ArrayList;
import java.util.List;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Signal;

/**
 * EXP coding: one pulse a row, from time 0, for as many units as the word says. Every vector takes the time of the longest
 * word, 2^p units (2^(p−1) for sign and magnitude); its phases are the stretches between the sorted ends of the pulses.
 * Immutable.
 *
 * <p>Imperfections: ends come on the edges of a clock, the nearest one; those of the {@link PulseDriver}, jitter among them.
 */
public final class PulseEncoder implements InputEncoder {

    /** Id of the clock. */
    public static final String CLOCK = "pulse.clock";

    private final PulseDriver driver;
    private final int bits;
    private final WordFormat format;
    private final double unit;
    private final double clock;

    private PulseEncoder(PulseDriver driver, int bits, WordFormat format, double unit, double clock) {
        this.driver = driver;
        this.bits = Require.within("bits", bits, format.signed() ? 2 : 1, 24);
        this.format = format;
        this.unit = Require.positive("unit", unit);
        this.clock = Require.nonNegative("clock", clock);
        if (format != WordFormat.UNSIGNED && !(format == WordFormat.SIGN_MAGNITUDE && driver.bipolar())) {
            throw new IllegalArgumentException("format = " + format + ": a pulse of "
                    + driver.datasheet().title()
                    + " has a length and no sign; use unsigned words, or sign and magnitude on row lines");
        }
    }

    /**
     * Ends that come when they should.
     *
     * @param bits word length, 1 to 24, 2 or more for signed words
     * @param format unsigned, or sign and magnitude for row lines
     * @param unit seconds of one step of the word, above 0
     */
    public static PulseEncoder of(PulseDriver driver, int bits, WordFormat format, double unit) {
        return new PulseEncoder(driver, bits, format, unit, 0);
    }

    /**
     * The same, with ends on the edges of a clock.
     *
     * @param period seconds, 0 for no clock
     */
    public PulseEncoder clocked(double period) {
        return new PulseEncoder(driver, bits, format, unit, period);
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
    public int steps() {
        return frameUnits() - 1;
    }

    private int frameUnits() {
        return format.signed() ? 1 << (bits - 1) : 1 << bits;
    }

    /** Seconds that a vector takes: the longest word and one unit. */
    public double frame() {
        return frameUnits() * unit;
    }

    @Override
    public Signal fullScaleInput() {
        int[] highest = {steps()};
        return format.signed() ? Codes.signed(bits, 1, 1, highest) : Codes.unsigned(bits, 1, 1, highest);
    }

    @Override
    public Rows on(Die die, int rows) {
        double[] levels = driver.levels(die, rows);
        double frame = frame();
        NoisyRows.Schedule schedule = (inputs, firstCall) -> {
            Codes codes = Words.require(inputs, this, format, bits, rows);
            int[] words = codes.data();
            double[][] times = new double[words.length][];
            double[] signed = new double[words.length];
            for (int k = 0; k < words.length; k++) {
                double length = Math.abs(words[k]) * unit;
                if (clock > 0) {
                    length = Math.min(frame, clock * Math.rint(length / clock));
                }
                times[k] = length == 0 ? new double[0] : new double[] {0, length};
                signed[k] = words[k] < 0 ? -levels[k % rows] : levels[k % rows];
            }
            Edges pulses = EdgeTimeline.jittered(
                    new Edges(codes.vectors(), rows, times),
                    driver.jitter(),
                    frame,
                    die.stream(PulseDriver.JITTER),
                    firstCall);
            return EdgeTimeline.schedule(driver, pulses, format.signed() ? signed : levels, frame);
        };
        return new NoisyRows(schedule, (level, conditions) -> driver.noise(level));
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>();
        if (clock > 0) {
            has.add(new Imperfection(CLOCK, "pulses end on the edges of a clock"));
        }
        has.addAll(driver.imperfections());
        return has;
    }

    @Override
    public PulseEncoder without(String imperfection) {
        return imperfection.equals(CLOCK) && clock > 0
                ? clocked(0)
                : new PulseEncoder(driver.without(imperfection), bits, format, unit, clock);
    }

    @Override
    public Cost cost(Activity activity) {
        return driver.cost(activity, 1);
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("word length", bits, "", "user"));
        entries.add(new Datasheet.Entry("unit of time", unit, "s", "user"));
        entries.add(new Datasheet.Entry("clock period", clock, "s", clock > 0 ? "user" : "ideal by default"));
        entries.addAll(driver.datasheet().entries());
        return new Datasheet(
                "pulse-length encoder (EXP), with a " + driver.datasheet().title(), entries);
    }
}
