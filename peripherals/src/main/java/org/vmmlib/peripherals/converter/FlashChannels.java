package org.vmmlib.peripherals.converter;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.signal.Codes;

/**
 * Flash converters whose comparators have noise. Of each only the comparators near the input are drawn for; as every number
 * is a function of its key, the words are the same as if all were. Immutable.
 */
final class FlashChannels implements Converter.Channels {

    private final Intake intake;
    private final int bits;
    private final double[][] thresholds;
    private final double[][] sorted;
    private final double noise;
    private final RandomStream stream;

    /**
     * @param thresholds of each channel by comparator, or of one for all
     * @param noise standard deviation, above 0
     */
    FlashChannels(Intake intake, int bits, double[][] thresholds, double noise, RandomStream stream) {
        this.intake = intake;
        this.bits = bits;
        this.thresholds = thresholds;
        sorted = new double[thresholds.length][];
        for (int k = 0; k < sorted.length; k++) {
            sorted[k] = thresholds[k].clone();
            Arrays.sort(sorted[k]);
        }
        this.noise = noise;
        this.stream = stream;
    }

    @Override
    public Codes convert(DMatrixRMaj levels, long firstCall, Saturation saturation) {
        intake.take(levels, saturation);
        int channels = intake.channels();
        int vectors = levels.numRows;
        int[] words = new int[vectors * channels];
        for (int vector = 0; vector < vectors; vector++) {
            NormalStream normals = stream.call(firstCall + vector).normals();
            for (int k = 0; k < channels; k++) {
                int at = vector * channels + k;
                words[at] = convert(levels.data[at], k, normals);
            }
        }
        return Codes.unsigned(bits, vectors, channels, words);
    }

    private int convert(double level, int channel, NormalStream normals) {
        int own = thresholds.length == 1 ? 0 : channel;
        double reach = NormalStream.BOUND * noise;
        int ones = atOrBelow(sorted[own], level - reach);
        int undecided = atOrBelow(sorted[own], level + reach) - ones;
        double[] each = thresholds[own];
        long element = (long) channel * each.length;
        for (int n = 0; n < each.length && undecided > 0; n++) {
            double over = level - each[n];
            if (over >= -reach && over < reach) {
                undecided--;
                ones += over + noise * normals.at(element + n) >= 0 ? 1 : 0;
            }
        }
        return ones;
    }

    private static int atOrBelow(double[] ascending, double level) {
        int low = 0;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] <= level) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
