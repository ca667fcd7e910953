package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vmmlib.core.cost.Activity;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.signal.Levels;

class AdaptiveSarAdcTest extends ConverterContract {

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        SarAdc sar = SarAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .inputBias(inputBias)
                .build();
        return AdaptiveSarAdc.of(sar, bits);
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        SarAdc sar = SarAdc.builder(bits, activation, Levels.Quantity.CURRENT, fullScale)
                .capacitorMismatch(0.1)
                .comparatorOffset(0.03 * fullScale)
                .comparatorNoise(0.02 * fullScale)
                .samplingNoise(0.02 * fullScale)
                .referenceError(0.03)
                .build();
        return AdaptiveSarAdc.of(sar, bits);
    }

    @Override
    boolean takes(Activation activation) {
        return activation.uniform();
    }

    private static SarAdc sar(int bits) {
        return SarAdc.builder(bits, Activation.RELU, Levels.Quantity.VOLTAGE, 1).build();
    }

    /** A search that stops has the upper bits of one that goes on, with noise too: it has made the same comparisons. */
    @Test
    void channelsThatStopEarlyHaveTheUpperBits() {
        SarAdc noisy =
                sar(8).toBuilder().comparatorNoise(0.01).capacitorMismatch(0.05).build();
        int[] resolved = {8, 5, 1};
        double[] levels = levels(600, 1);
        int[] full = codes(noisy.on(DIE, 6), 4, 6, levels);
        int[] early = codes(AdaptiveSarAdc.of(noisy, resolved).on(DIE, 6), 4, 6, levels);
        for (int k = 0; k < levels.length; k++) {
            int left = 8 - resolved[k % 3];
            assertEquals(full[k] >> left << left, early[k]);
        }
    }

    @Test
    void fewerComparisonsTakeLessEnergyButAsMuchTimeAndArea() {
        Activity activity = new Activity(3, 4, 0, 0);
        Cost full = AdaptiveSarAdc.of(sar(8), 8).cost(activity);
        assertEquals(sar(8).cost(activity).energy(), full.energy(), 1e-12 * full.energy());
        Cost less = AdaptiveSarAdc.of(sar(8), 8, 6, 4, 2).cost(activity);
        assertTrue(less.energy() < full.energy());
        double quarters = 0;
        for (int bits : new int[] {8, 6, 4, 2}) {
            quarters += AdaptiveSarAdc.of(sar(8), bits).cost(activity).energy() / 4;
        }
        assertEquals(quarters, less.energy(), 1e-12 * less.energy());
        assertEquals(full.area(), less.area());
        assertEquals(full.time(), less.time());
    }

    @Test
    void refusesBitsThatTheConverterHasNot() {
        String message = assertThrows(IllegalArgumentException.class, () -> AdaptiveSarAdc.of(sar(8), 8, 9))
                .getMessage();
        assertEquals("resolvedBits[1] = 9: must be from 1 to 8, the word length of the SAR ADC (relu)", message);
        assertThrows(IllegalArgumentException.class, () -> AdaptiveSarAdc.of(sar(8), 0));
        assertThrows(IllegalArgumentException.class, () -> AdaptiveSarAdc.of(sar(8)));
    }
}
