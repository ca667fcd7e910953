package org.vmmlib.peripherals.encoder;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.dac.Dac;
import org.vmmlib.peripherals.dac.TransferTables;

/**
 * Words digit by digit, the lowest first, one phase for each. Immutable.
 *
 * <ul>
 *   <li>{@link #bits LIN}: one bit a phase, phases of equal length; the readout weighs them
 *       ({@link org.vmmlib.core.macro.Coding.Digits}).
 *   <li>{@link #slices Bit slicing}: as LIN, but digits of any width, each given by a DAC.
 *   <li>{@link #temporal Digital temporal coding}: one bit a phase, bit b for 2^b units of time, so that the charges add up
 *       to the product ({@link org.vmmlib.core.macro.Coding.Time}).
 * </ul>
 */
public final class DigitEncoder implements InputEncoder {

    private final @Nullable PulseDriver driver;
    private final @Nullable Dac dac;
    private final int bits;
    private final WordFormat format;
    private final double duration;
    private final boolean weighted;
    private final List<Digit> digits;

    private DigitEncoder(
            @Nullable PulseDriver driver,
            @Nullable Dac dac,
            int bits,
            WordFormat format,
            double duration,
            boolean weighted) {
        this.driver = driver;
        this.dac = dac;
        this.bits = Require.within("bits", bits, format.signed() ? 2 : 1, 24);
        this.format = format;
        this.duration = Require.positive("duration", duration);
        this.weighted = weighted;
        if (driver != null && driver.jitter() > 0) {
            throw new IllegalArgumentException(
                    "jitter = " + driver.jitter()
                            + ": digits begin and end with the clock's phases, for all rows alike; use a pulse encoder, or no jitter");
        }
        if (dac != null && dac.output() == Levels.Quantity.CHARGE) {
            throw new IllegalArgumentException(
                    "dac = " + dac.datasheet().title() + ": gives a charge; slices need a DAC of currents or voltages");
        }
        boolean bipolar = kind() == DriveKind.ROW_VOLTAGE;
        if (weighted && format.signed() && !bipolar) {
            throw new IllegalArgumentException("format = " + format + ": the charge of " + title()
                    + " has one sign only; use unsigned words, or LIN coding and a readout that subtracts");
        }
        digits = Digit.of(format, bits, dac == null ? 1 : dac.bits(), bipolar);
    }

    /**
     * LIN: one bit a phase, equal phases.
     *
     * @param bits word length, 1 to 24, 2 or more for signed words
     * @param duration of a phase, seconds, above 0
     */
    public static DigitEncoder bits(PulseDriver driver, int bits, WordFormat format, double duration) {
        return new DigitEncoder(driver, null, bits, format, duration, false);
    }

    /**
     * Slices of as many bits as a DAC has, equal phases.
     *
     * @param dac converter of each row; a digit d of the slice is its level d
     * @param bits word length, 1 to 24, 2 or more for signed words
     * @param duration of a phase, seconds, above 0
     */
    public static DigitEncoder slices(Dac dac, int bits, WordFormat format, double duration) {
        return new DigitEncoder(null, dac, bits, format, duration, false);
    }

    /**
     * Digital temporal coding: bit b for 2^b units.
     *
     * @param bits word length, 1 to 24, 2 or more for signed words
     * @param format signed ones need row lines, which can be driven with both signs
     * @param unit seconds, above 0
     */
    public static DigitEncoder temporal(PulseDriver driver, int bits, WordFormat format, double unit) {
        return new DigitEncoder(driver, null, bits, format, unit, true);
    }

    /** How digits stand for words. */
    public WordFormat format() {
        return format;
    }

    /** Number of phases. */
    public int phases() {
        return digits.size();
    }

    @Override
    public DriveKind kind() {
        if (driver != null) {
            return driver.kind();
        }
        return dac != null && dac.output() == Levels.Quantity.CURRENT ? DriveKind.INPUT_CURRENT : DriveKind.ROW_VOLTAGE;
    }

    @Override
    public Coding coding() {
        return weighted
                ? new Coding.Time()
                : new Coding.Digits(digits.stream().map(Digit::significance).toList());
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public int steps() {
        return format.signed() ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
    }

    @Override
    public Signal fullScaleInput() {
        int[] highest = {steps()};
        return format.signed() ? Codes.signed(bits, 1, 1, highest) : Codes.unsigned(bits, 1, 1, highest);
    }

    /** What a digit puts on a row. */
    @FunctionalInterface
    private interface RowLevel {
        double of(int row, int digit);
    }

    private RowLevel levels(Die die, int rows) {
        if (dac != null) {
            TransferTables tables = dac.on(die, rows, duration);
            return (row, digit) -> digit < 0 ? -tables.level(row, -digit) : tables.level(row, digit);
        }
        PulseDriver pulses = pulses();
        double[] on = pulses.levels(die, rows);
        double off = pulses.off();
        return (row, digit) -> digit == 0 ? off : digit * on[row];
    }

    private PulseDriver pulses() {
        PulseDriver pulses = driver;
        if (pulses == null) {
            throw new IllegalStateException("neither a driver nor a DAC");
        }
        return pulses;
    }

    @Override
    public Rows on(Die die, int rows) {
        RowLevel level = levels(die, rows);
        Connections connected = Connections.all(rows);
        NoisyRows.Schedule schedule = (inputs, firstCall) -> {
            Codes codes = Words.require(inputs, this, format, bits, rows);
            List<Phase> phases = new ArrayList<>();
            for (Digit digit : digits) {
                int sign = weighted && digit.significance() < 0 ? -1 : 1;
                DMatrixRMaj drives = new DMatrixRMaj(codes.vectors(), rows);
                for (int k = 0; k < drives.data.length; k++) {
                    drives.data[k] = level.of(k % rows, sign * digit.of(codes.data()[k], bits));
                }
                double[] durations = new double[codes.vectors()];
                Arrays.fill(durations, weighted ? duration * Math.abs(digit.significance()) : duration);
                phases.add(new Phase(durations, drives, connected));
            }
            return new DriveSchedule(kind(), phases);
        };
        return new NoisyRows(
                schedule, (drive, conditions) -> dac != null ? dac.noise(drive, conditions) : pulses().noise(drive));
    }

    private Block drives() {
        return dac != null ? dac : pulses();
    }

    @Override
    public List<Imperfection> imperfections() {
        return drives().imperfections();
    }

    @Override
    public DigitEncoder without(String imperfection) {
        return dac != null
                ? slices(dac.without(imperfection), bits, format, duration)
                : new DigitEncoder(pulses().without(imperfection), null, bits, format, duration, weighted);
    }

    /** That of the drivers, for random words: a line rises in a quarter of the phases, and once more in half of them. */
    @Override
    public Cost cost(Activity activity) {
        if (dac != null) {
            Activity words = new Activity(
                    activity.vectors() * digits.size(),
                    activity.channels(),
                    activity.time(),
                    activity.charge(),
                    activity.delivered());
            return dac.cost(words);
        }
        return pulses().cost(activity, (digits.size() + 1) / 4.0);
    }

    private String title() {
        String coding = weighted ? "digital temporal encoder" : dac == null ? "bit encoder (LIN)" : "bit-slice encoder";
        return String.format(
                Locale.ROOT,
                "%s of %s words, with a %s",
                coding,
                format.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                drives().datasheet().title());
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("word length", bits, "", "user"));
        entries.add(new Datasheet.Entry(weighted ? "unit of time" : "phase duration", duration, "s", "user"));
        entries.addAll(drives().datasheet().entries());
        return new Datasheet(title(), entries);
    }
}
