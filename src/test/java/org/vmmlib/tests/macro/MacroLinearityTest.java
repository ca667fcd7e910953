package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.solve.IdealSolver;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.metrics.CodeTransfer;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineSpectrum;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.metrics.TransitionLevels;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** Metrics of a whole circuit: the word of an output as a function of the level of an input. */
class MacroLinearityTest {

    private static final int INPUT_BITS = 12;
    private static final int OUTPUT_BITS = 6;
    private static final int INPUTS = 1 << INPUT_BITS;
    private static final double STEP = Math.scalb(1.0, -OUTPUT_BITS);
    private static final SineTest WAVE = new SineTest(1 << 13, 509);

    /** One weight of 1 behind an input of 12 bits: levels from 0 to 1 are words from 0 to 4095. */
    private static CodeTransfer circuit(double noise, double mismatch) {
        Macro.Builder builder = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(
                        new AmplitudeEncoder(VoltageDac.builder(INPUT_BITS, 0.2).build(), 1e-6))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()))
                .solver(new IdealSolver())
                .readout(TransimpedanceSensing.builder(0, Polarity.SINK, 5000).build());
        double gain = builder.build().gain();
        SarAdc adc = SarAdc.builder(OUTPUT_BITS, Activation.RELU, Levels.Quantity.VOLTAGE, gain * INPUTS)
                .inputBias(0.5 * gain)
                .samplingNoise(noise * STEP * gain * INPUTS)
                .capacitorMismatch(mismatch)
                .build();
        ProgrammedMacro programmed = builder.converter(adc)
                .build()
                .program(new DMatrixRMaj(new double[][] {{1}}), Die.of(RandomStreams.of(2)));
        return levels -> {
            int[] words = new int[levels.length];
            for (int k = 0; k < words.length; k++) {
                words[k] = (int) Math.max(0, Math.min(INPUTS - 1, Math.floor(levels[k] * INPUTS)));
            }
            return programmed
                    .multiply(Codes.unsigned(INPUT_BITS, words.length, 1, words), 0)
                    .codes()
                    .orElseThrow()
                    .data()
                    .clone();
        };
    }

    @Test
    void idealCircuitIsAnIdealQuantiser() {
        CodeTransfer circuit = circuit(0, 0);
        TransitionLevels levels = TransitionLevels.search(circuit, OUTPUT_BITS, 0, 1);
        for (Linearity line : List.of(Linearity.endPoint(levels, STEP, STEP), Linearity.bestFit(levels, STEP, STEP))) {
            assertEquals(1, line.gain(), 1e-12);
            assertEquals(0, line.offset(), 1e-10);
            assertEquals(0, line.largestInl(), 1e-10);
            assertEquals(0, line.largestDnl(), 1e-10);
            assertEquals(List.of(), line.missingCodes());
        }
        SineSpectrum spectrum = WAVE.spectrum(circuit.codes(WAVE.levels(0.5, 0.5)));
        assertEquals(5.970, spectrum.effectiveBits(), 0.02);
    }

    @Test
    void mismatchOfTheConverterIsThatOfTheCircuit() {
        CodeTransfer circuit = circuit(0, 0.05);
        Linearity line = Linearity.endPoint(TransitionLevels.search(circuit, OUTPUT_BITS, 0, 1), STEP, STEP);
        assertTrue(line.largestDnl() > 0.05 && line.largestDnl() < 1, "DNL " + line.largestDnl());
        double[] inl = line.inl();
        // What the histogram of a sine wave finds is the same to the resolution of its samples.
        TransitionLevels found = WAVE.histogram(circuit.codes(WAVE.levels(0.5, 0.5)), OUTPUT_BITS, 0.5, 0.5);
        double[] again = Linearity.endPoint(found, STEP, STEP).inl();
        for (int k = 0; k < inl.length; k++) {
            assertEquals(inl[k], again[k], 0.06);
        }
    }

    /** The power of 4,095 bins has a relative standard deviation of 2.2 %, 0.016 bits: 0.1 fails falsely with 4e-10. */
    @Test
    void noiseOfTheCircuitLowersItsEffectiveBits() {
        SineSpectrum spectrum = WAVE.spectrum(circuit(0.5, 0).codes(WAVE.levels(0.5, 0.47)));
        assertEquals(6 - 0.5 * Math.log(1 + 12 * 0.25) / Math.log(2), spectrum.effectiveBits(0.94), 0.1);
    }
}
