package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Levels;

class CyclicAdcProperties {

    /** Whatever the design, an ideal converter gives the number of thresholds at or below its input. */
    @Property(tries = 300)
    void codesCountThresholds(
            @ForAll @IntRange(min = 1, max = 12) int bits,
            @ForAll Activation activation,
            @ForAll @IntRange(min = -9, max = 1) int decade,
            @ForAll @DoubleRange(min = -1, max = 1) double inputBias,
            @ForAll @DoubleRange(min = 0.1, max = 10) double reference,
            @ForAll @DoubleRange(min = -3, max = 3) double residueBias,
            @ForAll long seed) {
        double fullScale = 1.7 * Math.pow(10, decade);
        CyclicAdc adc = CyclicAdc.builder(bits, activation, Levels.Quantity.VOLTAGE, fullScale)
                .inputBias(inputBias * fullScale)
                .reference(reference * fullScale)
                .residueBias(residueBias * fullScale)
                .build();
        double[] thresholds = adc.thresholds();
        DMatrixRMaj levels = new DMatrixRMaj(1, 50);
        RandomStreams.of(seed).stream("test", 0).uniforms(0, levels.data, 0, 50);
        for (int k = 0; k < 50; k++) {
            levels.data[k] = fullScale * (8 * levels.data[k] - 4);
        }
        int[] codes = adc.on(Die.of(RandomStreams.of(0)), 50)
                .convert(levels, 0, new Saturation())
                .data();
        for (int k = 0; k < 50; k++) {
            double level = levels.data[k];
            // Within the rounding of the residue, 1e-12 of the span, either neighbour is right.
            int least = (int) Arrays.stream(thresholds)
                    .filter(t -> t <= level - 1e-12 * fullScale)
                    .count();
            int most = (int) Arrays.stream(thresholds)
                    .filter(t -> t <= level + 1e-12 * fullScale)
                    .count();
            assertEquals(Math.min(most, Math.max(least, codes[k])), codes[k], "level " + level);
        }
    }
}
