package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.metrics.CodeTransfer;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.metrics.TransitionLevels;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.converter.RampAdc;
import org.vmmlib.peripherals.converter.TimeCounter;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * Whole circuits from words of 12 bits to words of 6 through a weight of 1, in time, in bits and in two phases: with ideal
 * parts each is an ideal quantiser.
 */
class QuantiserChainsTest {

    private static final int INPUT_BITS = 12;
    private static final int INPUTS = 1 << INPUT_BITS;
    private static final int BITS = 6;
    private static final double STEP = Math.scalb(1.0, -BITS);
    private static final SineTest WAVE = new SineTest(1 << 13, 509);
    private static final PulseDriver ROWS = PulseDriver.rows(0.2).build();
    private static final double TIME = 64 * Si.ns;

    private static Integrator ground() {
        return Integrator.virtualGround(0, Polarity.SINK, 1e-12).build();
    }

    private static Macro.Builder resistors() {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .law(new LinearReram(ConductanceWindow.aluminaTitania()));
    }

    /** Pulses, an integrator, a ramp. */
    private static Macro inTime() {
        Macro.Builder builder = resistors()
                .encoder(PulseEncoder.of(ROWS, INPUT_BITS, WordFormat.UNSIGNED, 0.1 * Si.ns))
                .readout(ground());
        double gain = builder.build().gain();
        return builder.converter(RampAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, gain * INPUTS)
                        .inputBias(0.5 * gain)
                        .build())
                .build();
    }

    /** Bits, successive rescaling, a cyclic converter. */
    private static Macro inBits(boolean shareAfterLast, double ratioError) {
        DigitEncoder bits = DigitEncoder.bits(ROWS, INPUT_BITS, WordFormat.UNSIGNED, 2 * Si.ns);
        SuccessiveRescaling sir = SuccessiveRescaling.builder(ground(), (Coding.Digits) bits.coding())
                .shareAfterLast(shareAfterLast)
                .ratioError(ratioError)
                .build();
        Macro.Builder builder = resistors().encoder(bits).readout(sir);
        double gain = builder.build().gain();
        return builder.converter(CyclicAdc.builder(BITS, Activation.RELU, Levels.Quantity.VOLTAGE, gain * INPUTS)
                        .inputBias(0.5 * gain)
                        .build())
                .build();
    }

    /** Two phases on gated current sources, and a counter. */
    private static Macro inTwoPhases(TwoPhase.Bias bias) {
        FloatingGateCell cell = FloatingGateCell.exponential().window(-0.25, 10).build();
        double current = cell.unitSignal(DriveKind.GATE_VOLTAGE, 0.65, 0.7, Conditions.ROOM);
        TwoPhase scheme = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        double c = scheme.capacitance(1, current, 0.2);
        double step = TIME / (INPUTS - 1);
        return Macro.builder()
                .mapping(new TwoPhaseMapping(scheme))
                .encoder(TwoPhaseEncoder.words(
                        PulseDriver.gates(Double.NEGATIVE_INFINITY, 0.65).build(), INPUT_BITS, TIME))
                .law(cell)
                .readout(ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(0.7, Polarity.SOURCE, c).build(),
                                0.2)
                        .build())
                .converter(TimeCounter.builder(BITS, Activation.RELU, step * INPUTS)
                        .inputBias(0.5 * step)
                        .build())
                .build();
    }

    /** Words as a function of levels from 0 to 1. */
    private static CodeTransfer transfer(Macro macro) {
        ProgrammedMacro chip = macro.program(new DMatrixRMaj(new double[][] {{1}}), Die.of(RandomStreams.of(2)));
        return levels -> {
            int[] words = new int[levels.length];
            for (int k = 0; k < words.length; k++) {
                words[k] = (int) Math.max(0, Math.min(INPUTS - 1, Math.floor(levels[k] * INPUTS)));
            }
            return chip.multiply(Codes.unsigned(INPUT_BITS, words.length, 1, words), 0)
                    .codes()
                    .orElseThrow()
                    .data()
                    .clone();
        };
    }

    private static void requireIdeal(Macro macro) {
        CodeTransfer circuit = transfer(macro);
        TransitionLevels levels = TransitionLevels.search(circuit, BITS, 0, 1);
        for (Linearity line : List.of(Linearity.endPoint(levels, STEP, STEP), Linearity.bestFit(levels, STEP, STEP))) {
            assertEquals(1, line.gain(), 1e-10);
            assertEquals(0, line.offset(), 1e-9);
            assertEquals(0, line.largestInl(), 1e-9);
            assertEquals(0, line.largestDnl(), 1e-9);
            assertEquals(List.of(), line.missingCodes());
        }
        assertEquals(5.970, WAVE.spectrum(circuit.codes(WAVE.levels(0.5, 0.5))).effectiveBits(), 0.02);
    }

    @Test
    void pulsesAndARamp() {
        requireIdeal(inTime());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bitsAndACyclicConverter(boolean shareAfterLast) {
        requireIdeal(inBits(shareAfterLast, 0));
    }

    @Test
    void twoPhasesAndACounter() {
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            requireIdeal(inTwoPhases(bias));
        }
    }

    /** Word for word: {@code Σ_b w_b r^(p−b)}, by the ideal gain, in steps of the converter. */
    @ParameterizedTest
    @ValueSource(doubles = {-0.05, -0.002, 0.002, 0.01})
    void anErrorOfTheRatioShowsInEveryWord(double error) {
        double[] inputs = new double[INPUTS];
        for (int w = 0; w < INPUTS; w++) {
            inputs[w] = (w + 0.5) / INPUTS;
        }
        int[] words = transfer(inBits(true, error)).codes(inputs);
        double r = 0.5 * (1 + error);
        int other = 0;
        for (int w = 0; w < INPUTS; w++) {
            double level = 0;
            for (int b = 0; b < INPUT_BITS; b++) {
                level += ((w >> b) & 1) * Math.pow(r, INPUT_BITS - b);
            }
            double steps = (INPUTS * level + 0.5) * STEP;
            assertTrue(Math.abs(steps - Math.rint(steps)) > 1e-9, "at a threshold by chance");
            assertEquals((int) Math.min(63, Math.floor(steps)), words[w], "word " + w);
            other += words[w] == w >> (INPUT_BITS - BITS) ? 0 : 1;
        }
        assertTrue(other > 50, "the error shows");
    }
}
