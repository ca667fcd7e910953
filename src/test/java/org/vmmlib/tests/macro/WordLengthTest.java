package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.peripherals.converter.ActivationTable;
import org.vmmlib.peripherals.converter.AdaptiveSarAdc;
import org.vmmlib.peripherals.converter.CyclicAdc;
import org.vmmlib.peripherals.converter.DeltaSigmaAdc;
import org.vmmlib.peripherals.converter.FlashAdc;
import org.vmmlib.peripherals.converter.RampAdc;
import org.vmmlib.peripherals.converter.SarAdc;
import org.vmmlib.peripherals.converter.TimeCounter;
import org.vmmlib.peripherals.converter.TwoStepAdc;
import org.vmmlib.peripherals.dac.CurrentSteeringDac;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.SpikeEncoder;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronReadout;
import org.vmmlib.peripherals.neuron.ThresholdLadder;
import org.vmmlib.peripherals.sensing.Polarity;

/** Word lengths outside 1 to 24, and below or above what a circuit can have, are refused by every class that has one. */
class WordLengthTest {

    private static final PulseDriver ROWS = PulseDriver.rows(0.2).build();
    private static final Levels.Quantity VOLTAGE = Levels.Quantity.VOLTAGE;
    private static final Activation RELU = Activation.RELU;

    private record Case(IntFunction<Object> build, int fewest, int most) {}

    private static Map<String, Case> cases() {
        SarAdc sar = SarAdc.builder(8, Activation.LINEAR, VOLTAGE, 1).build();
        NeuronReadout neurons = NeuronReadout.spikes(MultiBitNeuron.opamp65(), Polarity.SINK, 0);
        Integrator ground =
                Integrator.virtualGround(0, Polarity.SINK, 100 * Si.fF).build();
        WordFormat plain = WordFormat.UNSIGNED;
        WordFormat signed = WordFormat.TWOS_COMPLEMENT;
        Map<String, Case> all = new LinkedHashMap<>();
        all.put("pulses", new Case(b -> PulseEncoder.of(ROWS, b, plain, 1e-9), 1, 24));
        all.put("signed pulses", new Case(b -> PulseEncoder.of(ROWS, b, WordFormat.SIGN_MAGNITUDE, 1e-9), 2, 24));
        all.put("bits", new Case(b -> DigitEncoder.bits(ROWS, b, plain, 1e-9), 1, 24));
        all.put("signed bits", new Case(b -> DigitEncoder.bits(ROWS, b, signed, 1e-9), 2, 24));
        all.put("temporal", new Case(b -> DigitEncoder.temporal(ROWS, b, plain, 1e-9), 1, 24));
        all.put(
                "slices",
                new Case(b -> DigitEncoder.slices(VoltageDac.builder(1, 0.2).build(), b, plain, 1e-9), 1, 24));
        all.put("two phases", new Case(b -> TwoPhaseEncoder.words(ROWS, b, 1e-9), 1, 24));
        all.put("rates", new Case(b -> SpikeEncoder.rates(ROWS, b, 1, 1e-9, 1), 1, 16));
        all.put("random rates", new Case(b -> SpikeEncoder.randomRates(ROWS, b, 1, 1e-9, 1), 1, 16));
        all.put("voltage DAC", new Case(b -> VoltageDac.builder(b, 0.2).build(), 1, 16));
        all.put("current DAC", new Case(b -> CurrentSteeringDac.builder(b, 1e-6).build(), 1, 16));
        all.put("cyclic", new Case(b -> CyclicAdc.builder(b, RELU, VOLTAGE, 1).build(), 1, 16));
        all.put("ramp", new Case(b -> RampAdc.builder(b, RELU, VOLTAGE, 1).build(), 1, 16));
        all.put("SAR", new Case(b -> SarAdc.builder(b, RELU, VOLTAGE, 1).build(), 1, 16));
        all.put("flash", new Case(b -> FlashAdc.builder(b, RELU, VOLTAGE, 1).build(), 1, 10));
        all.put(
                "delta-sigma",
                new Case(b -> DeltaSigmaAdc.builder(b, RELU, VOLTAGE, 1).build(), 1, 20));
        all.put("counter", new Case(b -> TimeCounter.builder(b, RELU, 1).build(), 1, 16));
        all.put(
                "coarse",
                new Case(b -> TwoStepAdc.builder(b, 2, RELU, VOLTAGE, 1).build(), 1, 10));
        all.put("fine", new Case(b -> TwoStepAdc.builder(2, b, RELU, VOLTAGE, 1).build(), 1, 10));
        all.put("adaptive", new Case(b -> AdaptiveSarAdc.of(sar, b), 1, 8));
        all.put("table", new Case(b -> ActivationTable.of(sar, b, RELU, 1), 1, 16));
        all.put("ladder", new Case(b -> ThresholdLadder.uniform(b, 0.3, 1.2), 1, 8));
        all.put("counted spikes", new Case(neurons::counted, 1, 24));
        all.put(
                "radix",
                new Case(
                        b -> SuccessiveRescaling.builder(ground, new Coding.Digits(List.of(1.0)))
                                .digitBits(b)
                                .build(),
                        1,
                        8));
        return all;
    }

    static Stream<Arguments> named() {
        return cases().entrySet().stream().map(one -> Arguments.of(one.getKey(), one.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("named")
    void lengthsFromTheFewestToTheMostAreTakenAndNoOthers(String name, Case of) {
        assertNotNull(of.build().apply(of.fewest()));
        assertNotNull(of.build().apply(of.most()));
        for (int bits :
                new int[] {of.fewest() - 1, of.most() + 1, 0, -1, 25, 32, 33, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> of.build().apply(bits), name + ", " + bits)
                    .getMessage();
            assertTrue(message.contains("= " + bits), message);
            assertTrue(message.contains("must be"), message);
        }
    }

    /** Codes beyond their word length never get as far as an encoder. */
    @ParameterizedTest
    @MethodSource("lengths")
    void codesOutOfRangeAreRefused(int bits) {
        int top = (1 << bits) - 1;
        int half = 1 << (bits - 1);
        assertEquals(top, Codes.unsigned(bits, 1, 1, new int[] {top}).get(0, 0));
        assertEquals(-half, Codes.signed(bits, 1, 1, new int[] {-half}).get(0, 0));
        for (int bad : new int[] {-1, top + 1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> Codes.unsigned(bits, 1, 2, new int[] {0, bad}))
                    .getMessage();
            assertTrue(message.contains(Integer.toString(bad)) && message.contains("[0,1]"), message);
        }
        for (int bad : new int[] {-half - 1, half, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IllegalArgumentException.class, () -> Codes.signed(bits, 1, 2, new int[] {0, bad}));
        }
    }

    static Stream<Integer> lengths() {
        return Stream.of(1, 2, 4, 8, 16, 24);
    }
}
