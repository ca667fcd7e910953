package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.cost.Cost;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.digital.DigitReadout;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/**
 * An array as in ISAAC (doi:10.1109/ISCA.2016.12): 128 rows, cells of 2 bits, words of 16 bits one at a time, a converter for
 * 128 columns.
 */
class BitSlicedMacroTest {

    private static final int ROWS = 128;
    private static final int OUTPUTS = 64;
    private static final int BITS = 16;
    private static final double VOLTAGE = 0.2;
    private static final double LARGEST = 30 * Si.uS;

    /** 1 mV for a digit of 1 on a weight of 1, the third part of the largest. */
    private static final TransimpedanceSensing AMPLIFIER = TransimpedanceSensing.builder(
                    0, Polarity.SINK, 1e-3 / (VOLTAGE * LARGEST / 3))
            .build();

    private static final DigitEncoder ENCODER =
            DigitEncoder.bits(PulseDriver.rows(VOLTAGE).build(), BITS, WordFormat.TWOS_COMPLEMENT, 130 * Si.ns);

    private static DigitReadout readout(int converterBits) {
        double fullScale = Math.scalb(1e-3, converterBits);
        SarAdc adc = SarAdc.isaac32nm(converterBits, Activation.RELU, fullScale).toBuilder()
                .inputBias(0.5e-3)
                .build();
        return DigitReadout.of(AMPLIFIER, adc, (Coding.Digits) ENCODER.coding()).pipelined();
    }

    /** All weights 3, but for a first column of 1; all words the same. */
    private static MacroResult multiply(int converterBits, int word) {
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, OUTPUTS);
        weights.fill(3);
        for (int i = 0; i < ROWS; i++) {
            weights.set(i, 0, -1);
        }
        int[] words = new int[ROWS];
        Arrays.fill(words, word);
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(ENCODER)
                .law(new LinearReram(ConductanceWindow.of(0, LARGEST)))
                .readout(readout(converterBits))
                .build()
                .program(weights, Die.of(RandomStreams.of(1)))
                .multiply(Codes.signed(BITS, 1, ROWS, words), 0);
    }

    /** B_in + B_w + log2(N) − 1 with one of them 1: 1 + 2 + 7 − 1 = 9. */
    @Test
    void nineBitsAreEnoughAndEightAreNot() {
        for (int word : new int[] {-1, -32768, 32767, 12345, -12345}) {
            MacroResult exact = multiply(9, word);
            assertEquals(0, exact.saturation().total());
            assertEquals(-ROWS * word, exact.outputs().get(0, 0));
            for (int j = 1; j < OUTPUTS; j++) {
                assertEquals(3 * ROWS * word, exact.outputs().get(0, j));
            }
        }
        // All 16 bits of −1 are on, in 63 columns.
        MacroResult clipped = multiply(8, -1);
        assertEquals(16 * 63, clipped.saturation().total());
        assertEquals(-255, clipped.outputs().get(0, 1), "the sign bit takes off what the others are short of");
        assertEquals(ROWS, clipped.outputs().get(0, 0));
    }

    /** 16 conversions for each of 128 columns, of 1.67 pJ at 8 bits, and 128 in turn in 107 ns. */
    @Test
    void eachPhaseOfEachColumnIsConverted() {
        MacroResult result = multiply(8, 1);
        Cost sensing = result.cost().items().stream()
                .filter(item -> item.block().contains("converters"))
                .findFirst()
                .orElseThrow();
        double conversions = 16 * 128 * 1.67e-12;
        assertTrue(sensing.energy() > 0.97 * conversions, "energy " + sensing.energy());
        double conversion = 128 / 1.2e9;
        assertEquals(conversion, sensing.time(), 0.02 * conversion);
        assertEquals(16 * 130 * Si.ns + sensing.time(), result.cost().time(), 1e-12);
    }
}
