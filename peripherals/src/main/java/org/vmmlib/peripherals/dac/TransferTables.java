package org.vmmlib.peripherals.dac;

import java.util.Arrays;
import java.util.Locale;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.signal.Codes;

/** The transfer curves of a number of DACs: the level of each code of each. Immutable. */
public final class TransferTables {

    private final int bits;
    private final int count;
    private final int stride;
    private final double[] levels;

    private TransferTables(int bits, int count, int stride, double[] levels) {
        this.bits = Require.within("bits", bits, 1, 16);
        this.count = Require.within("count", count, 1, Integer.MAX_VALUE);
        this.stride = stride;
        this.levels = levels;
        long needed = (stride == 0 ? 1L : count) << bits;
        if (levels.length != needed) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "levels has %d values: must be %d", levels.length, needed));
        }
    }

    /**
     * Equal converters.
     *
     * @param count number of converters
     * @param levels 2^bits levels, by code; copied
     * @throws IllegalArgumentException if bits is not 1 to 16, count is not positive, or the number of levels is wrong
     */
    public static TransferTables equal(int bits, int count, double[] levels) {
        return new TransferTables(bits, count, 0, Arrays.copyOf(levels, levels.length));
    }

    /**
     * Converters that differ.
     *
     * @param count number of converters
     * @param levels count × 2^bits levels, row-major by converter; copied
     * @throws IllegalArgumentException if bits is not 1 to 16, count is not positive, or the number of levels is wrong
     */
    public static TransferTables each(int bits, int count, double[] levels) {
        return new TransferTables(bits, count, 1 << bits, Arrays.copyOf(levels, levels.length));
    }

    /** Word length. */
    public int bits() {
        return bits;
    }

    /** Number of converters. */
    public int count() {
        return count;
    }

    /** The level of a code of one converter, in amperes or volts. */
    public double level(int converter, int code) {
        Require.within("converter", converter, 0, count - 1);
        Require.within("code", code, 0, (1 << bits) - 1);
        return levels[converter * stride + code];
    }

    /**
     * The levels of a batch of words, one converter per channel.
     *
     * @param codes B × count unsigned words of {@link #bits()} bits
     * @return B × count levels
     * @throws IllegalArgumentException if the words are of another kind, length or count
     */
    public DMatrixRMaj convert(Codes codes) {
        if (codes.signed() || codes.bits() != bits || codes.channels() != count) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "codes are %d %s words of %d bits per vector: must be %d unsigned words of %d bits, as the DACs take",
                    codes.channels(),
                    codes.signed() ? "signed" : "unsigned",
                    codes.bits(),
                    count,
                    bits));
        }
        DMatrixRMaj out = new DMatrixRMaj(codes.vectors(), count);
        int[] words = codes.data();
        double[] data = out.data;
        int at = 0;
        for (int vector = 0; vector < codes.vectors(); vector++) {
            int table = 0;
            for (int channel = 0; channel < count; channel++) {
                data[at] = levels[table + words[at]];
                at++;
                table += stride;
            }
        }
        return out;
    }
}
