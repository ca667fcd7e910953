package org.vmmlib.peripherals.converter;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.vmmlib.core.block.Datasheet;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;

/**
 * A SAR ADC that makes fewer comparisons for channels whose lower bits are discarded later anyway, as where slices of weights
 * are added with a shift. Immutable.
 *
 * <p>The search of a channel stops after its own number of bits; the bits left out are 0. It saves energy, not area, as the
 * whole converter is there: A. Nag et al., "Newton: gravitating towards the physical limits of crossbar acceleration", IEEE
 * Micro 38(5), 41–49 (2018); T. P. Xiao et al., Appl. Phys. Rev. 7, 031301 (2020), section VI.B, <a
 * href="https://doi.org/10.1063/1.5143815">doi:10.1063/1.5143815</a>. Fewer comparisons take as long, because the channels
 * that share a converter keep their time slots.
 *
 * <p>Imperfections are those of the {@link SarAdc}.
 */
public final class AdaptiveSarAdc implements Converter {

    private final SarAdc sar;
    private final int[] resolved;

    private AdaptiveSarAdc(SarAdc sar, int[] resolved) {
        this.sar = sar;
        this.resolved = resolved;
    }

    /**
     * A converter that stops early for some channels.
     *
     * @param sar the converter
     * @param resolvedBits bits to decide, each from 1 to the word length: for channels 0, 1, …, and over again. Copied.
     * @throws IllegalArgumentException if there are none, or one is out of range
     */
    public static AdaptiveSarAdc of(SarAdc sar, int... resolvedBits) {
        if (resolvedBits.length == 0) {
            throw new IllegalArgumentException(
                    "resolvedBits is empty: give one number for all channels, or one for each");
        }
        for (int k = 0; k < resolvedBits.length; k++) {
            if (resolvedBits[k] < 1 || resolvedBits[k] > sar.bits()) {
                throw new IllegalArgumentException(String.format(
                        Locale.ROOT,
                        "resolvedBits[%d] = %d: must be from 1 to %d, the word length of the %s",
                        k,
                        resolvedBits[k],
                        sar.bits(),
                        sar.datasheet().title()));
            }
        }
        return new AdaptiveSarAdc(sar, resolvedBits.clone());
    }

    /** Bits that are decided for a channel. */
    public int resolvedBits(int channel) {
        return resolved[channel % resolved.length];
    }

    @Override
    public int bits() {
        return sar.bits();
    }

    @Override
    public Levels.Quantity input() {
        return sar.input();
    }

    @Override
    public Activation activation() {
        return sar.activation();
    }

    @Override
    public double fullScale() {
        return sar.fullScale();
    }

    @Override
    public double inputBias() {
        return sar.inputBias();
    }

    @Override
    public Channels on(Die die, int channels) {
        Channels full = sar.on(die, channels);
        int bits = sar.bits();
        int[] masks = new int[channels];
        Arrays.setAll(masks, k -> -1 << (bits - resolvedBits(k)));
        return (levels, firstCall, saturation) -> {
            Codes codes = full.convert(levels, firstCall, saturation);
            int[] words = codes.data().clone();
            for (int k = 0; k < words.length; k++) {
                words[k] &= masks[k % channels];
            }
            return Codes.unsigned(bits, codes.vectors(), channels, words);
        };
    }

    @Override
    public Cost cost(Activity activity) {
        int channels = activity.channels();
        Cost all = sar.cost(activity);
        double energy = 0;
        for (int k = 0; k < channels; k++) {
            energy += sar.cost(new Activity(activity.vectors(), 1, 0, 0), resolvedBits(k))
                    .energy();
        }
        return new Cost(all.block(), energy, all.time(), all.area());
    }

    @Override
    public List<Imperfection> imperfections() {
        return sar.imperfections();
    }

    @Override
    public AdaptiveSarAdc without(String imperfection) {
        return new AdaptiveSarAdc(sar.without(imperfection), resolved);
    }

    @Override
    public Datasheet datasheet() {
        Datasheet sheet = sar.datasheet();
        Datasheet.Builder out = Datasheet.of("adaptive " + sheet.title());
        for (Datasheet.Entry entry : sheet.entries()) {
            out.add(entry.parameter(), entry.value(), entry.unit(), entry.source());
        }
        double mean = Arrays.stream(resolved).average().orElseThrow();
        return out.add("mean of the bits decided", mean, "", "user").build();
    }
}
