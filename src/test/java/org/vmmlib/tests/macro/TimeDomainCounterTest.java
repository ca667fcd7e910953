package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.flash.GatedCurrentSource;
import org.vmmlib.peripherals.converter.TimeCounter;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * Time-domain multipliers whose pulses end in the register of a shared counter (arXiv:1711.10673): one layer, and two
 * chained wholly in time with the ReLU that gates pulses between them, against {@code y = (1/N) Σ_i w_i x_i}.
 */
class TimeDomainCounterTest {

    private static final double TIME = 64 * Si.ns;
    private static final double SWING = 0.2;
    private static final Die DIE = Die.of(RandomStreams.of(1));

    /** The published cells without what makes their current depend on the drain, and leakage; a weight of 0 is 1e-118. */
    private static final GatedCurrentSource IDEAL = Block.ideal(GatedCurrentSource.esf3Nor55().toBuilder()
            .cell(FloatingGateCell.chargeBased()
                    .specificCurrent(0.8 * Si.uA)
                    .referenceThreshold(0.8)
                    .window(-0.25, 10)
                    .build())
            .build());

    private static Macro.Builder layer(TwoPhase scheme, int rows, TwoPhaseEncoder encoder) {
        double c = scheme.capacitance(rows, IDEAL.largestCurrent(), SWING);
        return Macro.builder()
                .mapping(new TwoPhaseMapping(scheme))
                .encoder(encoder)
                .law(IDEAL)
                .readout(ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(IDEAL.resetVoltage(), Polarity.SOURCE, c)
                                        .build(),
                                SWING)
                        .build());
    }

    private static PulseDriver gates() {
        return PulseDriver.gates(IDEAL.offGate(), IDEAL.onGate()).build();
    }

    private static DMatrixRMaj weights(int rows, int columns, double least, RandomStream draw) {
        DMatrixRMaj weights = new DMatrixRMaj(rows, columns);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = least + (1 - least) * draw.uniform(k);
        }
        // The current of a weight is told from the largest.
        weights.data[0] = 1;
        return weights;
    }

    /**
     * The closed form's count; −1 where it is so near an edge of the clock that rounding decides.
     *
     * @param share of T that the pulse lasts
     * @param fullScale of the counter, as a share of T
     */
    private static int count(double share, double fullScale, int bits) {
        double periods = share / fullScale * (1 << bits);
        if (Math.abs(periods - Math.rint(periods)) < 1e-6 && periods >= 1e-6) {
            return -1;
        }
        return (int) Math.min((1 << bits) - 1, periods);
    }

    private static int compare(double[] shares, double fullScale, Codes codes) {
        int compared = 0;
        for (int k = 0; k < shares.length; k++) {
            int expected = count(shares[k], fullScale, codes.bits());
            if (expected >= 0) {
                assertEquals(expected, codes.data()[k], "output " + k + ": " + shares[k]);
                compared += expected > 0 ? 1 : 0;
            }
        }
        return compared;
    }

    @ParameterizedTest
    @EnumSource
    void theCounterGivesTheWholePeriodsOfThePulse(TwoPhase.Bias bias) {
        int rows = 20;
        int columns = 12;
        int vectors = 8;
        RandomStream draw = RandomStreams.of(2).stream("test", 0);
        DMatrixRMaj weights = weights(rows, columns, 0, draw.call(1));
        int[] words = new int[vectors * rows];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(64, k);
        }
        TwoPhase scheme = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        Macro macro = layer(scheme, rows, TwoPhaseEncoder.words(gates(), 6, TIME))
                .converter(TimeCounter.builder(6, Activation.RELU, TIME).build())
                .build();

        MacroResult result = macro.program(weights, DIE).multiply(Codes.unsigned(6, vectors, rows, words), 0);

        double[] shares = new double[vectors * columns];
        for (int k = 0; k < shares.length; k++) {
            for (int i = 0; i < rows; i++) {
                shares[k] += weights.get(i, k % columns) * words[k / columns * rows + i] / 63.0 / rows;
            }
        }
        Codes codes = assertInstanceOf(Codes.class, result.signal());
        assertTrue(compare(shares, 1, codes) > 90);
        assertEquals(0, result.saturation().total());
    }

    /** Words in, signed; four-quadrant weights; pulses gated by the sign; weights of 0 or above; words out. */
    @ParameterizedTest
    @EnumSource
    void twoLayersInTimeEndInACounter(TwoPhase.Bias bias) {
        int rows = 12;
        int hidden = 10;
        int columns = 6;
        int vectors = 8;
        RandomStream draw = RandomStreams.of(3).stream("test", 0);
        DMatrixRMaj one = weights(rows, hidden, -1, draw.call(1));
        DMatrixRMaj two = weights(hidden, columns, 0, draw.call(2));
        int[] words = new int[vectors * rows];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(31, k) - 15;
        }
        TwoPhase first = new TwoPhase(TIME, bias, TwoPhase.Inputs.SIGNED_WORDS, TwoPhase.Outputs.RELU);
        TwoPhase second = new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        // Hidden pulses are short where N wires are mostly off: the counter is given a range of T/16.
        double range = 1 / 16.0;
        int bits = 8;

        Edges between = assertInstanceOf(
                Edges.class,
                layer(first, rows, TwoPhaseEncoder.words(gates(), 4, TIME))
                        .build()
                        .program(one, DIE.part(0))
                        .multiply(Codes.signed(5, vectors, rows, words), 0)
                        .signal());
        MacroResult result = layer(second, hidden, TwoPhaseEncoder.pulses(gates(), TIME))
                .converter(TimeCounter.builder(bits, Activation.BOUNDED_RELU, range * TIME)
                        .build())
                .build()
                .program(two, DIE.part(1))
                .multiply(between, 0);

        double largest = CommonOps_DDRM.elementMaxAbs(one);
        double[] shares = new double[vectors * columns];
        List<Double> gated = new ArrayList<>();
        for (int b = 0; b < vectors; b++) {
            for (int h = 0; h < hidden; h++) {
                double y = 0;
                for (int i = 0; i < rows; i++) {
                    y += one.get(i, h) / largest * words[b * rows + i] / 15.0 / (2 * rows);
                }
                assertEquals(Math.max(0, y) * TIME, between.high(b, h), 1e-12 * TIME);
                if (y < 0) {
                    gated.add(y);
                }
                for (int j = 0; j < columns; j++) {
                    shares[b * columns + j] += two.get(h, j) * Math.max(0, y) / hidden;
                }
            }
        }
        assertTrue(gated.size() > 20 && gated.size() < vectors * hidden - 20, "gates do something, and not all");
        Codes codes = assertInstanceOf(Codes.class, result.signal());
        assertTrue(compare(shares, range, codes) > 40);
    }
}
