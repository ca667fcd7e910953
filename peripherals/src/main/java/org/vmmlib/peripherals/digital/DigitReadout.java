package org.vmmlib.peripherals.digital;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.crossbar.Topology;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.ColumnPort;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.converter.ShiftAndAdd;

/**
 * Converts every phase of a bit-sliced input by itself: in each, the columns are sensed and converted, and the words are
 * shifted and added by what the phase's digit stands for. So the converter needs the bits of one digit's product only, and
 * makes as many conversions as there are phases. Immutable. Source: A. Shafiee et al., "ISAAC", ISCA 2016,
 * <a href="https://doi.org/10.1109/ISCA.2016.12">doi:10.1109/ISCA.2016.12</a>.
 *
 * <p>The sum of column j is {@code Σ_k s_k (w_jk − z)}, with the converter's word w, the significance s of the digit, and
 * z = 2^(p−1) for a converter of {@link Activation#LINEAR}, whose words are in offset binary, else 0. A pair of columns is
 * subtracted, and the sums of arrays are added, digitally.
 *
 * <p>Noise is drawn afresh in each phase; mismatch of a column's amplifier and converter is the same in all of them.
 *
 * <p>Time: a phase lasts as long as the amplifier settles and the converter takes for the columns that it serves. With
 * {@link #pipelined}, the converter works on what a phase left while the next one settles, so a phase lasts as long as the
 * slower of the two, and the last conversion comes on top.
 */
public final class DigitReadout implements Readout {

    private static final int LONGEST = 31;
    private static final int CALL_BITS = 40;

    private final Readout sensing;
    private final Converter converter;
    private final Coding.Digits digits;
    private final boolean pipelined;
    private final ShiftAndAdd adder;

    private DigitReadout(Readout sensing, Converter converter, Coding.Digits digits, boolean pipelined) {
        this.sensing = sensing;
        this.converter = converter;
        this.digits = digits;
        this.pipelined = pipelined;
        adder = ShiftAndAdd.of(digits);
        if (!sensing.fits(new Coding.Amplitude())) {
            throw new IllegalArgumentException(
                    "sensing = " + sensing.datasheet().title()
                            + ": does not sense a phase by itself; use sensing for amplitudes, or an integrator");
        }
        if (!converter.activation().uniform()) {
            throw new IllegalArgumentException(
                    "converter = "
                            + converter.datasheet().title() + " with activation " + converter.activation()
                            + ": words of a curved function cannot be added; use a linear one, and a digital activation behind it");
        }
        if (bits() > LONGEST) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "converter has %d bits: sums over %s need %d bits, at most %d; use a shorter converter or fewer digits",
                    converter.bits(),
                    digits.title(),
                    bits(),
                    LONGEST));
        }
    }

    /**
     * A readout that settles and then converts in each phase.
     *
     * @param sensing senses one phase, and gives levels: a sense amplifier or an integrator
     * @param converter of each column, for such levels, with equally spaced thresholds
     * @param digits the encoder's coding: significances that are powers of two
     * @throws IllegalArgumentException if the sensing is for more than one phase, the thresholds are not equally spaced, or
     *     sums could be longer than 31 bits
     */
    public static DigitReadout of(Readout sensing, Converter converter, Coding.Digits digits) {
        return new DigitReadout(sensing, converter, digits, false);
    }

    /** The same with columns sampled, and converted while the next phase settles. */
    public DigitReadout pipelined() {
        return new DigitReadout(sensing, converter, digits, true);
    }

    /** What senses each phase. */
    public Readout sensing() {
        return sensing;
    }

    /** What converts each column in each phase. */
    public Converter converter() {
        return converter;
    }

    /** Word length of the sums. */
    public int bits() {
        return adder.sumBits(converter.bits()) - (signed() ? 0 : 1);
    }

    private boolean signed() {
        return linear() || digits.significance().stream().anyMatch(s -> s < 0);
    }

    private boolean linear() {
        return converter.activation() == Activation.LINEAR;
    }

    @Override
    public double columnVoltage() {
        return sensing.columnVoltage();
    }

    @Override
    public double inputResistance() {
        return sensing.inputResistance();
    }

    @Override
    public boolean fits(Topology topology) {
        return sensing.fits(topology);
    }

    /** Digits of exactly the significance that it adds by. */
    @Override
    public boolean fits(Coding coding) {
        return coding.equals(digits);
    }

    /** A word's step is that of the converter. */
    @Override
    public Optional<Words> words() {
        double step = Math.scalb(converter.fullScale(), (linear() ? 1 : 0) - converter.bits());
        return Optional.of(new Words(new Unrounded(this), step));
    }

    /** The last conversion, where it comes after the last phase, and the last addition. */
    @Override
    public double latency(int columns) {
        double addition = adder.cost(new Activity(0, 1, 0, 0), converter.bits()).time();
        return addition + (pipelined ? conversion(columns) : 0);
    }

    private double conversion(int columns) {
        return converter.cost(new Activity(0, columns, 0, 0)).time();
    }

    private double shortest(int columns) {
        double settling = sensing.cost(new Activity(0, columns, 0, 0)).time();
        return pipelined ? Math.max(settling, conversion(columns)) : settling + conversion(columns);
    }

    @Override
    public Columns on(Die die, int columns, Conditions conditions) {
        Columns amplifiers = sensing.on(die, columns, conditions);
        Converter.Channels converters = converter.on(die, columns);
        return (vectors, firstCall) -> new Sums(amplifiers, converters, vectors, columns, firstCall);
    }

    /** The weighted sums of what is sensed, without the converters. */
    private record Unrounded(DigitReadout of) implements Readout {

        @Override
        public double columnVoltage() {
            return of.columnVoltage();
        }

        @Override
        public double inputResistance() {
            return of.inputResistance();
        }

        @Override
        public boolean fits(Coding coding) {
            return of.fits(coding);
        }

        @Override
        public Columns on(Die die, int columns, Conditions conditions) {
            Columns amplifiers = of.sensing.on(die, columns, conditions);
            return (vectors, firstCall) -> of.new Sums(amplifiers, null, vectors, columns, firstCall);
        }

        @Override
        public Cost cost(Activity activity) {
            return of.cost(activity);
        }

        @Override
        public List<Imperfection> imperfections() {
            return of.sensing.imperfections();
        }

        @Override
        public Unrounded without(String imperfection) {
            return new Unrounded(of.without(imperfection));
        }

        @Override
        public Datasheet datasheet() {
            return of.datasheet();
        }
    }

    /** A batch through it. */
    private final class Sums implements Session {
        private final Columns amplifiers;
        private final Converter.@Nullable Channels converters;
        private final int vectors;
        private final int columns;
        private final long firstCall;
        private final long[] words;
        private final DMatrixRMaj levels;
        private final Saturation clipped = new Saturation();
        private int phase;

        Sums(Columns amplifiers, Converter.@Nullable Channels converters, int vectors, int columns, long firstCall) {
            this.amplifiers = amplifiers;
            this.converters = converters;
            this.vectors = vectors;
            this.columns = columns;
            this.firstCall = firstCall;
            if (firstCall < 0 || firstCall + vectors > 1L << CALL_BITS) {
                throw new IllegalArgumentException("firstCall = " + firstCall + ": must be from 0 to 2^" + CALL_BITS
                        + " − " + vectors + ", so that each phase has noise of its own; count vectors from 0");
            }
            words = new long[Math.multiplyExact(vectors, columns)];
            levels = new DMatrixRMaj(vectors, columns);
        }

        @Override
        public void phase(double[] durations, ColumnPort array) {
            if (phase == adder.slices()) {
                throw new IllegalArgumentException("schedule has more than " + phase + " phases, which "
                        + datasheet().title() + " has " + digits.title() + " for: use the encoder's coding");
            }
            refuseShort(durations);
            long call = firstCall + ((long) phase << CALL_BITS);
            Session session = amplifiers.begin(vectors, call);
            session.phase(durations, array);
            Signal sensed = session.finish(clipped);
            if (!(sensed instanceof Levels given) || given.quantity() != converter.input()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "%s gives %s, but %s takes a %s: use a converter for what is sensed",
                        sensing.datasheet().title(),
                        sensed instanceof Levels other
                                ? "a " + other.quantity().name().toLowerCase(Locale.ROOT)
                                : "no levels",
                        converter.datasheet().title(),
                        converter.input().name().toLowerCase(Locale.ROOT)));
            }
            if (converters == null) {
                double weight = (double) adder.weight(phase);
                for (int k = 0; k < words.length; k++) {
                    levels.data[k] += weight * given.values().data[k];
                }
            } else {
                adder.add(phase, centred(converters.convert(given.values(), call, clipped)), words);
            }
            phase++;
        }

        private void refuseShort(double[] durations) {
            double needed = shortest(columns);
            for (double duration : durations) {
                if (duration < needed * (1 - 1e-9)) {
                    throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "phase duration = %s s: %s needs %s s to sense and convert %d columns; make the phases as "
                                    + "long, or let fewer columns share a converter",
                            duration,
                            datasheet().title(),
                            needed,
                            columns));
                }
            }
        }

        private Codes centred(Codes given) {
            if (!linear()) {
                return given;
            }
            int[] data = given.data().clone();
            for (int k = 0; k < data.length; k++) {
                data[k] -= 1 << (given.bits() - 1);
            }
            return Codes.signed(given.bits(), vectors, columns, data);
        }

        @Override
        public Signal finish(Saturation saturation) {
            if (phase < adder.slices()) {
                throw new IllegalStateException(
                        datasheet().title() + " has had " + phase + " of " + adder.slices() + " phases");
            }
            saturation.add(clipped);
            if (converters == null) {
                return new Levels(levels, converter.input());
            }
            int[] sums = new int[words.length];
            for (int k = 0; k < sums.length; k++) {
                sums[k] = Math.toIntExact(words[k]);
            }
            return signed()
                    ? Codes.signed(bits(), vectors, columns, sums)
                    : Codes.unsigned(bits(), vectors, columns, sums);
        }
    }

    /**
     * Sensing and a conversion for each phase, vector and column, and the additions. The converters of a current take that of
     * the columns, as mirrors of gain 1 hand it on.
     */
    @Override
    public Cost cost(Activity activity) {
        int columns = activity.channels();
        long phases = activity.vectors() * adder.slices();
        Cost sensed =
                sensing.cost(new Activity(phases, columns, activity.time(), activity.charge(), activity.delivered()));
        double on = (double) phases * conversion(columns);
        boolean current = converter.input() == Levels.Quantity.CURRENT && activity.time() > 0;
        double charge = current ? activity.charge() * on / activity.time() : 0;
        Cost converted = converter.cost(new Activity(phases, columns, on, charge));
        Cost added = adder.cost(activity, converter.bits());
        return new Cost(
                "sensing, converters, shift and add",
                sensed.energy() + converted.energy() + added.energy(),
                shortest(Math.max(1, columns)),
                sensed.area() + converted.area() + added.area());
    }

    @Override
    public List<Imperfection> imperfections() {
        List<Imperfection> has = new ArrayList<>(sensing.imperfections());
        has.addAll(converter.imperfections());
        return has;
    }

    @Override
    public DigitReadout without(String imperfection) {
        if (has(sensing, imperfection)) {
            return new DigitReadout(sensing.without(imperfection), converter, digits, pipelined);
        }
        if (has(converter, imperfection)) {
            return new DigitReadout(sensing, converter.without(imperfection), digits, pipelined);
        }
        throw Block.unknown(this, imperfection);
    }

    private static boolean has(Block block, String imperfection) {
        return block.imperfections().stream().anyMatch(one -> one.id().equals(imperfection));
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("phases", adder.slices(), "", "user"));
        entries.add(new Datasheet.Entry("bits of a sum", bits(), "", "the circuit"));
        entries.addAll(sensing.datasheet().entries());
        entries.addAll(converter.datasheet().entries());
        entries.addAll(adder.datasheet().entries());
        String kind = pipelined ? "pipelined conversion" : "conversion";
        return new Datasheet(
                kind + " in every phase, by " + sensing.datasheet().title() + " and "
                        + converter.datasheet().title(),
                entries);
    }
}
