package org.vmmlib.peripherals.converter;

import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.check.Require;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

/**
 * A digital table of an activation function behind a linear converter. Immutable.
 *
 * <p>The table has a p-bit word for each of the converter's q-bit words: that of the function at the middle of its interval,
 * {@code floor(2^p f(u))}. Its thresholds are those of the linear converter at which the table's word rises, where it
 * rises by more than one, several times the same: where the function is steep words are missing, where it is flat the
 * converter tells apart what the table does not (T. P. Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), section V.D, <a
 * href="https://doi.org/10.1063/1.5143815">doi:10.1063/1.5143815</a>).
 *
 * <p>Imperfections are those of the linear converter. Energy: its own, and of each look-up {@code q p} cells' worth of bit
 * lines and decoder at {@code C V²}. Area: that of p 2^q cells for each table, which a number of channels share.
 */
public final class ActivationTable implements Converter {

    private static final double SUPPLY = 1;
    private static final double CELL_CAPACITANCE = 1 * Si.fF;
    private static final double CELL_AREA = 0.5 * Si.um2;
    private static final double LOOK_UP_TIME = 1 * Si.ns;
    private static final int SHARED = 64;

    private final Converter linear;
    private final int bits;
    private final Activation activation;
    private final double fullScale;
    private final int[] table;

    private ActivationTable(Converter linear, int bits, Activation activation, double fullScale) {
        this.linear = linear;
        this.bits = bits;
        this.activation = activation;
        this.fullScale = fullScale;
        table = new int[1 << linear.bits()];
        for (int word = 0; word < table.length; word++) {
            double level = (2 * linear.reconstruct(word) - 1) * linear.fullScale();
            double y = Math.scalb(activation.apply(level / fullScale), bits);
            table[word] = (int) Math.max(0, Math.min((1 << bits) - 1, Math.floor(y)));
        }
    }

    /**
     * A table behind a converter.
     *
     * @param linear a converter of the LINEAR activation, whose input bias the table takes into account
     * @param bits word length p of the table's words, 1 to 16
     * @param activation function f in the table
     * @param fullScale level at which f is applied to 1, in the unit of the converter's input, above 0
     * @throws IllegalArgumentException if a value is out of range, or the converter is not linear
     */
    public static ActivationTable of(Converter linear, int bits, Activation activation, double fullScale) {
        if (linear.activation() != Activation.LINEAR) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "linear = %s: has %s already; give a converter of LINEAR",
                    linear.datasheet().title(),
                    linear.activation()));
        }
        Require.within("bits", bits, 1, 16);
        return new ActivationTable(linear, bits, activation, Require.positive("fullScale", fullScale));
    }

    /** The converter in front of the table. */
    public Converter linear() {
        return linear;
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public Levels.Quantity input() {
        return linear.input();
    }

    @Override
    public Activation activation() {
        return activation;
    }

    @Override
    public double fullScale() {
        return fullScale;
    }

    /** 0: the table takes the bias in front of the converter into account. */
    @Override
    public double inputBias() {
        return 0;
    }

    /**
     * The thresholds of the linear converter at which the table's word rises, once for each step of the word; negative
     * infinity for words that the lowest input exceeds already, infinity for words that are not in the table.
     */
    @Override
    public double[] thresholds() {
        double[] inner = linear.thresholds();
        double[] out = new double[(1 << bits) - 1];
        int word = 0;
        for (int k = 1; k <= out.length; k++) {
            while (word < table.length && table[word] < k) {
                word++;
            }
            out[k - 1] = word == 0
                    ? Double.NEGATIVE_INFINITY
                    : word == table.length ? Double.POSITIVE_INFINITY : inner[word - 1];
        }
        return out;
    }

    @Override
    public Channels on(Die die, int channels) {
        Channels front = linear.on(die, channels);
        return (levels, firstCall, saturation) -> {
            Codes codes = front.convert(levels, firstCall, saturation);
            int[] words = codes.data().clone();
            for (int k = 0; k < words.length; k++) {
                words[k] = table[words[k]];
            }
            return Codes.unsigned(bits, codes.vectors(), channels, words);
        };
    }

    @Override
    public Cost cost(Activity activity) {
        Cost front = linear.cost(activity);
        int channels = activity.channels();
        int tables = (channels - 1) / SHARED + 1;
        double lookUp = (double) linear.bits() * bits * CELL_CAPACITANCE * SUPPLY * SUPPLY;
        return new Cost(
                front.block(),
                front.energy() + (double) activity.vectors() * channels * lookUp,
                front.time() + Math.min(SHARED, channels) * LOOK_UP_TIME,
                front.area() + (double) tables * table.length * bits * CELL_AREA);
    }

    @Override
    public List<Imperfection> imperfections() {
        return linear.imperfections();
    }

    @Override
    public ActivationTable without(String imperfection) {
        return new ActivationTable(linear.without(imperfection), bits, activation, fullScale);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet sheet = linear.datasheet();
        String function = activation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        Datasheet.Builder out = Datasheet.of("table of " + function + " behind " + sheet.title())
                .add("bits of the table", bits, "", "user")
                .add("full scale of the table", fullScale, Conversion.unit(input()), "user")
                .add("supply of the table", SUPPLY, "V", "chosen")
                .add("capacitance of a cell", CELL_CAPACITANCE, "F", "chosen")
                .add("area of a cell", CELL_AREA, "m2", "chosen")
                .add("time of a look-up", LOOK_UP_TIME, "s", "chosen")
                .add("channels that share a table", SHARED, "", "chosen");
        for (Datasheet.Entry entry : sheet.entries()) {
            out.add(entry.parameter(), entry.value(), entry.unit(), entry.source());
        }
        return out.build();
    }
}
