package org.vmmlib.peripherals.converter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Converter;
import org.vmmlib.core.metrics.CodeTransfer;
import org.vmmlib.core.metrics.Linearity;
import org.vmmlib.core.metrics.SineTest;
import org.vmmlib.core.metrics.TransitionLevels;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Levels;

/**
 * Whatever its circuit, an ideal converter of B bits is an ideal quantiser of its output: no INL, DNL, offset or gain error, no
 * missing code, and the effective bits that a sine wave over the full scale finds of a quantiser, 3.959, 5.970 and 7.982.
 */
class IdealConverterMetricsTest {

    private static final Die DIE = Die.of(RandomStreams.of(1));
    private static final SineTest WAVE = new SineTest(1 << 14, 1001);
    private static final double FULL_SCALE = 3e-6;
    private static final Levels.Quantity CURRENT = Levels.Quantity.CURRENT;

    private static SarAdc sar(int bits, Activation activation) {
        return SarAdc.builder(bits, activation, CURRENT, FULL_SCALE).build();
    }

    /** Every class, with each kind of thresholds that it can have. */
    private static Map<String, IntFunction<Converter>> designs() {
        Map<String, IntFunction<Converter>> all = new TreeMap<>();
        for (Activation activation : Activation.values()) {
            all.put(
                    "cyclic " + activation,
                    bits -> CyclicAdc.builder(bits, activation, CURRENT, FULL_SCALE)
                            .build());
            all.put(
                    "ramp " + activation,
                    bits -> RampAdc.builder(bits, activation, CURRENT, FULL_SCALE)
                            .build());
            all.put(
                    "flash " + activation,
                    bits -> FlashAdc.builder(bits, activation, CURRENT, FULL_SCALE)
                            .build());
            if (activation.uniform()) {
                all.put("sar " + activation, bits -> sar(bits, activation));
                all.put(
                        "delta-sigma " + activation,
                        bits -> DeltaSigmaAdc.builder(bits, activation, CURRENT, FULL_SCALE)
                                .build());
                all.put(
                        "two-step " + activation,
                        bits -> TwoStepAdc.builder(bits / 2, bits - bits / 2, activation, CURRENT, FULL_SCALE)
                                .build());
                all.put("adaptive sar " + activation, bits -> AdaptiveSarAdc.of(sar(bits, activation), bits, bits));
                all.put(
                        "table " + activation,
                        bits -> ActivationTable.of(sar(12, Activation.LINEAR), bits, activation, FULL_SCALE));
            }
        }
        for (Activation activation : List.of(Activation.RELU, Activation.BOUNDED_RELU)) {
            all.put(
                    "counter " + activation,
                    bits -> TimeCounter.builder(bits, activation, FULL_SCALE).build());
        }
        return all;
    }

    static Stream<Arguments> converters() {
        return designs().entrySet().stream()
                .flatMap(one -> Stream.of(4, 6, 8)
                        .map(bits ->
                                Arguments.of(one.getKey(), bits, one.getValue().apply(bits))));
    }

    /** The level at which the activation is y, from the functions' own inverses. */
    private static double level(Activation activation, double y) {
        double inside = Math.max(1e-9, Math.min(1 - 1e-9, y));
        return FULL_SCALE
                * switch (activation) {
                    case LINEAR -> 2 * y - 1;
                    case RELU, BOUNDED_RELU -> y;
                    case SIGMOID -> Math.log(inside / (1 - inside));
                    case TANH -> 0.5 * Math.log(inside / (1 - inside));
                };
    }

    /** Words as a function of y. */
    private static CodeTransfer ofOutputs(Converter design, Die die) {
        CodeTransfer transfer = Measured.transfer(design.on(die, 2), 2, 1);
        return outputs -> {
            double[] levels = new double[outputs.length];
            for (int k = 0; k < levels.length; k++) {
                levels[k] = level(design.activation(), outputs[k]);
            }
            return transfer.codes(levels);
        };
    }

    @ParameterizedTest(name = "{0}, {1} bits")
    @MethodSource("converters")
    void anIdealConverterIsAnIdealQuantiser(String name, int bits, Converter design) {
        CodeTransfer transfer = ofOutputs(design, DIE);
        double step = Math.scalb(1.0, -bits);
        TransitionLevels levels = TransitionLevels.search(transfer, bits, 0, 1);
        assertEquals((1 << bits) - 1, levels.count());
        for (Linearity line : List.of(Linearity.endPoint(levels, step, step), Linearity.bestFit(levels, step, step))) {
            assertEquals(1, line.gain(), 1e-10);
            assertEquals(0, line.offset(), 1e-9);
            assertEquals(0, line.largestInl(), 1e-9);
            assertEquals(0, line.largestDnl(), 1e-9);
            assertEquals(List.of(), line.missingCodes());
        }
        double expected = bits == 4 ? 3.959 : bits == 6 ? 5.970 : 7.982;
        assertEquals(
                expected, WAVE.spectrum(transfer.codes(WAVE.levels(0.5, 0.5))).effectiveBits(), 0.02);
    }

    /** Of a square wave all but 8/π² of the power is harmonics: 6.31 dB, 0.756 bits. */
    @Test
    void oneComparatorMakesASquareWave() {
        Converter design =
                SingleComparator.builder(Activation.LINEAR, CURRENT, FULL_SCALE).build();
        double part = 8 / (Math.PI * Math.PI);
        double expected = (10 * Math.log10(part / (1 - part)) - 10 * Math.log10(1.5)) / (20 * Math.log10(2));
        assertEquals(0.756, expected, 5e-4);
        int[] codes = ofOutputs(design, DIE).codes(WAVE.levels(0.5, 0.5));
        assertEquals(expected, WAVE.spectrum(codes).effectiveBits(), 0.002);
    }
}
