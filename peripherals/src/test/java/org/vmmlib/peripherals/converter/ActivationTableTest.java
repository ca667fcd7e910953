package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.signal.Levels;

class ActivationTableTest extends ConverterContract {

    private static SarAdc.Builder linear(int bits, double fullScale) {
        return SarAdc.builder(bits, Activation.LINEAR, Levels.Quantity.CURRENT, fullScale);
    }

    @Override
    Converter ideal(int bits, Activation activation, double fullScale, double inputBias) {
        return ActivationTable.of(linear(10, 4 * fullScale).inputBias(inputBias).build(), bits, activation, fullScale);
    }

    @Override
    Converter imperfect(int bits, Activation activation, double fullScale) {
        SarAdc front = linear(10, 4 * fullScale)
                .capacitorMismatch(0.1)
                .comparatorOffset(0.03 * fullScale)
                .comparatorNoise(0.02 * fullScale)
                .samplingNoise(0.02 * fullScale)
                .referenceError(0.03)
                .build();
        return ActivationTable.of(front, bits, activation, fullScale);
    }

    @Override
    boolean exact(Activation activation) {
        return false;
    }

    /** The function of what the linear word stands for, worked out for each input. */
    @Test
    void wordIsTheFunctionOfTheLinearWord() {
        for (Activation activation : Activation.values()) {
            for (double bias : new double[] {0, 0.3}) {
                double[] levels = levels(3000, 3);
                Converter front = linear(7, 4).inputBias(bias).build();
                int[] words = codes(front.on(DIE, 1), 0, 1, levels);
                int[] table =
                        codes(ActivationTable.of(front, 5, activation, 1.5).on(DIE, 1), 0, 1, levels);
                for (int k = 0; k < levels.length; k++) {
                    double middle = -4 + 8 * (words[k] + 0.5) / 128 - bias;
                    double y = Math.floor(32 * activation.apply(middle / 1.5));
                    assertEquals((int) Math.max(0, Math.min(31, y)), table[k], activation + " at " + levels[k]);
                }
            }
        }
    }

    /** With enough bits in front the table is as good as thresholds of its own. */
    @Test
    void tableBehindALongLinearWordIsTheActivation() {
        Converter table = ActivationTable.of(linear(16, 8).build(), 4, Activation.SIGMOID, 1);
        double[] thresholds = table.thresholds();
        for (int k = 1; k < 16; k++) {
            assertEquals(Math.log(k / (16.0 - k)), thresholds[k - 1], 16.0 / 65_536);
        }
    }

    @Override
    @Test
    void inputsBeyondTheCodesAreCountedWhereTheClipIsNotMeant() {
        // The linear converter in front clips, whatever the function behind.
        Saturation saturation = new Saturation();
        DMatrixRMaj batch = new DMatrixRMaj(1, 4);
        batch.setData(new double[] {-4.1, -3.9, 3.9, 4.1});
        ideal(4, Activation.SIGMOID, 1, 0).on(DIE, 4).convert(batch, 0, saturation);
        assertEquals(Map.of("adc.bottom", 1L, "adc.top", 1L), saturation.counts());
    }

    @Override
    @Test
    void refusesWordLengthsThatItCannotHave() {
        SarAdc front = linear(6, 1).build();
        assertThrows(IllegalArgumentException.class, () -> ActivationTable.of(front, 0, Activation.TANH, 1));
        assertThrows(IllegalArgumentException.class, () -> ActivationTable.of(front, 17, Activation.TANH, 1));
        assertThrows(IllegalArgumentException.class, () -> ActivationTable.of(front, 4, Activation.TANH, 0));
        Converter relu =
                SarAdc.builder(6, Activation.RELU, Levels.Quantity.CURRENT, 1).build();
        String message = assertThrows(
                        IllegalArgumentException.class, () -> ActivationTable.of(relu, 4, Activation.TANH, 1))
                .getMessage();
        assertTrue(message.startsWith("linear = SAR ADC (relu): "), message);
    }
}
