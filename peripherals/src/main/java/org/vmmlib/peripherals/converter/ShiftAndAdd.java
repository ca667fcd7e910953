package org.vmmlib.peripherals.converter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;

/**
 * The digital shift-and-add behind converters of sliced inputs: the words of the slices, each shifted by its place, are
 * summed. Exact, so it has no imperfection. Immutable.
 *
 * <p>Slices come in any order, and of any width. In two's complement the highest slice is signed: its words count with their
 * own sign, or, if it is one bit, it is subtracted, as are the slices of negative magnitudes and of an offset. Source:
 * T. P. Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), Eq. 8,
 * <a href="https://doi.org/10.1063/1.5143815">doi:10.1063/1.5143815</a>.
 *
 * <p>Energy: for each word one addition, a full adder and a register bit for each bit of the sum at {@code C V²}.
 *
 * @param weights factor of each slice, in the order of time: a power of two up to 2^61, negative where it is subtracted; 1
 *     to 64 of them
 */
public record ShiftAndAdd(List<Long> weights) implements Block {

    /** Which slice comes first. */
    public enum Order {
        /** That of the lowest bits. */
        LOWEST_FIRST,
        /** That of the highest bits. */
        HIGHEST_FIRST
    }

    /** What the slice of the highest bits counts. */
    public enum Highest {
        /** As the others. */
        ADDED,
        /** Negative: the sign bit of two's complement, in slices of one bit. */
        SUBTRACTED
    }

    private static final double SUPPLY = 1;
    private static final double BIT_CAPACITANCE = 5 * Si.fF;
    private static final double BIT_AREA = 10 * Si.um2;
    private static final double ADDITION_TIME = 1 * Si.ns;
    private static final int LONGEST = 62;

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there are no or too many weights, or one of them is no power of two
     */
    public ShiftAndAdd {
        weights = List.copyOf(weights);
        Require.within("weights", weights.size(), 1, 64);
        for (long weight : weights) {
            if (Long.bitCount(Math.abs(weight)) != 1 || Math.abs(weight) >= 1L << LONGEST) {
                throw new IllegalArgumentException("weight = " + weight
                        + ": must be a power of two up to 2^61, or its negative: a shift; use slices of whole bits");
            }
        }
    }

    /**
     * Slices of equal width.
     *
     * @param slices number of slices, 1 to 24
     * @param sliceBits bits of the input in a slice, 1 to 24
     * @param order which slice comes first
     * @param highest what the slice of the highest bits counts
     * @throws IllegalArgumentException if a number is out of range, or slices of several bits are to be subtracted
     */
    public static ShiftAndAdd slices(int slices, int sliceBits, Order order, Highest highest) {
        Require.within("slices", slices, 1, 24);
        Require.within("sliceBits", sliceBits, 1, 24);
        if (slices * sliceBits > LONGEST) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "slices = %d of %d bits: must be at most %d bits in all; use fewer slices",
                    slices,
                    sliceBits,
                    LONGEST));
        }
        if (highest == Highest.SUBTRACTED && sliceBits > 1) {
            throw new IllegalArgumentException("sliceBits = " + sliceBits
                    + ": the highest slice is subtracted only where it is the sign bit alone; use slices of 1 bit, or signed "
                    + "words for the highest slice");
        }
        List<Long> weights = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            int place = order == Order.LOWEST_FIRST ? slice : slices - 1 - slice;
            long weight = 1L << ((long) place * sliceBits);
            weights.add(highest == Highest.SUBTRACTED && place == slices - 1 ? -weight : weight);
        }
        return new ShiftAndAdd(weights);
    }

    /** Slices of one bit, the lowest first, of unsigned inputs. */
    public static ShiftAndAdd ofBits(int bits) {
        return slices(bits, 1, Order.LOWEST_FIRST, Highest.ADDED);
    }

    /**
     * What the digits of an encoder need.
     *
     * @throws IllegalArgumentException if a significance is no power of two
     */
    public static ShiftAndAdd of(Coding.Digits digits) {
        List<Long> weights = new ArrayList<>();
        for (double significance : digits.significance()) {
            if (Math.rint(significance) != significance || Math.abs(significance) > Math.scalb(1.0, LONGEST)) {
                throw new IllegalArgumentException("significance = " + significance
                        + ": is no power of two, which shift and add needs; use slices of whole bits");
            }
            weights.add((long) significance);
        }
        return new ShiftAndAdd(weights);
    }

    /** Number of slices. */
    public int slices() {
        return weights.size();
    }

    /** Factor of a slice by its place in time, 0 for the first. */
    public long weight(int slice) {
        return weights.get(Require.within("slice", slice, 0, slices() - 1));
    }

    /**
     * Adds the words of a slice to sums.
     *
     * @param slice place in time, 0 for the first
     * @param words of the converters
     * @param sums one for each word, row-major. Modified.
     * @throws IllegalArgumentException if there are more or fewer sums than words, or sums could leave 62 bits
     */
    public void add(int slice, Codes words, long[] sums) {
        refuseLong(words.bits());
        int[] data = words.data();
        if (sums.length != data.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "sums has %d values: must have %d, one for each of %d x %d words",
                    sums.length,
                    data.length,
                    words.vectors(),
                    words.channels()));
        }
        long weight = weight(slice);
        for (int k = 0; k < data.length; k++) {
            sums[k] += weight * data[k];
        }
    }

    /**
     * The sums over all slices.
     *
     * @param words of the slices in the order of time, all of one shape
     * @return one for each word, row-major
     * @throws IllegalArgumentException if there are more or fewer than the slices, or shapes differ
     */
    public long[] sum(List<Codes> words) {
        if (words.size() != slices()) {
            throw new IllegalArgumentException("words has " + words.size() + " slices: must have " + slices());
        }
        Codes first = words.get(0);
        long[] sums = new long[first.data().length];
        for (int slice = 0; slice < slices(); slice++) {
            Codes next = words.get(slice);
            if (next.vectors() != first.vectors() || next.channels() != first.channels()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "words of slice %d are %d x %d: must be %d x %d, as those of the first",
                        slice,
                        next.vectors(),
                        next.channels(),
                        first.vectors(),
                        first.channels()));
            }
            add(slice, next, sums);
        }
        return sums;
    }

    /**
     * Bits of a sum of words of a length, signed or not: as many as always suffice, one of them for the sign. Words w ≥ 0
     * are below 2^b, and their sums between {@code −(2^b − 1) N} and {@code (2^b − 1) P}, where P and N are the sums of the
     * positive and the negative weights; those of signed words are no larger than {@code 2^(b − 1) (P + N)}.
     */
    public int sumBits(int wordBits) {
        double positive = 0;
        double negative = 0;
        for (long weight : weights) {
            positive += (double) Math.max(0, weight);
            negative += (double) Math.max(0, -weight);
        }
        double unsigned = (Math.scalb(1.0, wordBits) - 1) * Math.max(positive, negative);
        double signed = Math.scalb(positive + negative, wordBits - 1);
        double largest = Math.max(unsigned, signed);
        return 2 + Math.getExponent(largest);
    }

    private void refuseLong(int wordBits) {
        if (sumBits(wordBits) > LONGEST) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "words of %d bits in %d slices need sums of %d bits: at most %d; use fewer slices",
                    wordBits,
                    slices(),
                    sumBits(wordBits),
                    LONGEST));
        }
    }

    /**
     * Energy over an activity (channels = converters), time that the last addition adds, area.
     *
     * @param wordBits word length of the converters
     */
    public Cost cost(Activity activity, int wordBits) {
        double bits = sumBits(wordBits);
        double additions = (double) activity.vectors() * activity.channels() * slices();
        return new Cost(
                "shift and add",
                additions * bits * BIT_CAPACITANCE * SUPPLY * SUPPLY,
                ADDITION_TIME,
                activity.channels() * bits * BIT_AREA);
    }

    @Override
    public List<Imperfection> imperfections() {
        return List.of();
    }

    @Override
    public ShiftAndAdd without(String imperfection) {
        throw Block.unknown(this, imperfection);
    }

    @Override
    public Datasheet datasheet() {
        List<Datasheet.Entry> entries = new ArrayList<>();
        entries.add(new Datasheet.Entry("slices", slices(), "", "user"));
        entries.add(new Datasheet.Entry("supply", SUPPLY, "V", "chosen"));
        entries.add(new Datasheet.Entry("capacitance of a bit of the sum", BIT_CAPACITANCE, "F", "chosen"));
        entries.add(new Datasheet.Entry("area of a bit of the sum", BIT_AREA, "m2", "chosen"));
        entries.add(new Datasheet.Entry("time of an addition", ADDITION_TIME, "s", "chosen"));
        return new Datasheet("shift and add", entries);
    }
}
