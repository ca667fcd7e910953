package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * With ideal cells a two-phase time-domain multiplier gives pulses of T Σ w x/(N w_max), for either way of its bias, and
 * arrays chained wholly in time give the product of their matrices with the ReLU between them (arXiv:1711.10673).
 */
class TimeDomainProperties {

    private static final double TIME = 32 * Si.ns;
    private static final double SWING = 0.2;
    private static final double ON = 0.65;

    /** Saturated exponential law; a weight of 0 is 1e-118. */
    private static final FloatingGateCell CELL =
            FloatingGateCell.exponential().window(-0.25, 10).build();

    private static final double CURRENT = CELL.unitSignal(DriveKind.GATE_VOLTAGE, ON, 0.7, Conditions.ROOM);
    private static final PulseDriver DRIVER =
            PulseDriver.gates(Double.NEGATIVE_INFINITY, ON).build();

    private static ProgrammedMacro macro(TwoPhase scheme, TwoPhaseEncoder encoder, DMatrixRMaj weights) {
        double c = scheme.capacitance(weights.numRows, CURRENT, SWING);
        return Macro.builder()
                .mapping(new TwoPhaseMapping(scheme))
                .encoder(encoder)
                .law(CELL)
                .readout(ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(0.7, Polarity.SOURCE, c).build(),
                                SWING)
                        .build())
                .build()
                .program(weights, Die.of(RandomStreams.of(1)));
    }

    private static DMatrixRMaj weights(int rows, int columns, boolean signed, RandomStream draw) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = signed ? 2 * draw.uniform(k) - 1 : draw.uniform(k);
        }
        return weights;
    }

    private static double largest(DMatrixRMaj weights) {
        double most = 0;
        for (double w : weights.data) {
            most = Math.max(most, Math.abs(w));
        }
        return most;
    }

    @Property(tries = 30)
    void pulseLengthIsTheNormalisedProduct(
            @ForAll @IntRange(min = 1, max = 256) int rows,
            @ForAll @IntRange(min = 1, max = 4) int columns,
            @ForAll @IntRange(min = 1, max = 6) int bits,
            @ForAll TwoPhase.Bias bias,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        DMatrixRMaj w = weights(rows, columns, false, draw);
        int[] words = new int[2 * rows];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << bits, 1_000_000L + k);
        }
        Codes codes = Codes.unsigned(bits, 2, rows, words);
        TwoPhase scheme = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);

        ProgrammedMacro macro = macro(scheme, TwoPhaseEncoder.words(DRIVER, bits, TIME), w);
        MacroResult result = macro.multiply(codes, 0);

        DMatrixRMaj ideal = macro.ideal(codes);
        for (int b = 0; b < 2; b++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += w.get(i, j) * words[b * rows + i] / codes.highest();
                }
                double expected = TIME * sum / (rows * largest(w));
                assertEquals(expected, result.outputs().get(b, j), 1e-12 * TIME);
                assertEquals(expected, ideal.get(b, j), 1e-12 * TIME);
            }
        }
        assertEquals(0, result.saturation().total());
    }

    @Property(tries = 15)
    void twoLayersInTimeAreTheProductOfTheirMatrices(
            @ForAll @IntRange(min = 1, max = 24) int inputs,
            @ForAll @IntRange(min = 1, max = 8) int hidden,
            @ForAll @IntRange(min = 1, max = 4) int outputs,
            @ForAll TwoPhase.Bias first,
            @ForAll TwoPhase.Bias second,
            @ForAll boolean relu,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        DMatrixRMaj one = weights(inputs, hidden, true, draw);
        DMatrixRMaj two = weights(hidden, outputs, true, draw.call(1));
        int[] words = new int[inputs];
        for (int k = 0; k < inputs; k++) {
            words[k] = draw.below(15, 1_000_000L + k) - 7;
        }
        TwoPhase a = new TwoPhase(
                TIME, first, TwoPhase.Inputs.SIGNED_WORDS, relu ? TwoPhase.Outputs.RELU : TwoPhase.Outputs.PAIR);
        TwoPhase b = new TwoPhase(
                TIME, second, relu ? TwoPhase.Inputs.UNSIGNED : TwoPhase.Inputs.SIGNED_PULSES, TwoPhase.Outputs.PAIR);

        Edges between = (Edges) macro(a, TwoPhaseEncoder.words(DRIVER, 3, TIME), one)
                .multiply(Codes.signed(4, 1, inputs, words), 0)
                .signal();
        Edges out = (Edges) macro(b, TwoPhaseEncoder.pulses(DRIVER, TIME), two)
                .multiply(between, 0)
                .signal();

        for (int j = 0; j < outputs; j++) {
            double z = 0;
            for (int h = 0; h < hidden; h++) {
                double y = 0;
                for (int i = 0; i < inputs; i++) {
                    y += one.get(i, h) * words[i] / 7.0;
                }
                y /= 2 * inputs * largest(one);
                z += two.get(h, j) * (relu ? Math.max(0, y) : y);
            }
            z /= b.wires(hidden) * largest(two);
            assertEquals(TIME * z, out.high(0, 2 * j) - out.high(0, 2 * j + 1), 1e-12 * TIME);
        }
    }
}
