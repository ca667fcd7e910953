package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
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
 * Four quadrants of the two-phase multiplier (arXiv:1711.10673), with up to 256 signed inputs, weights and words of either sign
 * and either way of the bias: the difference of the pulses of a pair, and the pulse that the ReLU gates, are those of the
 * product to 1e-12 of the frame.
 */
class TwoPhaseIdentityProperties {

    private static final double TIME = 32 * Si.ns;
    private static final double SWING = 0.2;
    private static final double ON = 0.65;

    /** Saturated exponential law; a weight of 0 is 1e-118. */
    private static final FloatingGateCell CELL =
            FloatingGateCell.exponential().window(-0.25, 10).build();

    private static final double CURRENT = CELL.unitSignal(DriveKind.GATE_VOLTAGE, ON, 0.7, Conditions.ROOM);

    @Property(tries = 24)
    void fourQuadrantsAreTheSignedProduct(
            @ForAll @IntRange(min = 1, max = 256) int rows,
            @ForAll @IntRange(min = 1, max = 3) int columns,
            @ForAll @IntRange(min = 1, max = 7) int bits,
            @ForAll TwoPhase.Bias bias,
            @ForAll boolean relu,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        DMatrixRMaj w = new DMatrixRMaj(rows, columns);
        double largest = 0;
        for (int k = 0; k < w.data.length; k++) {
            w.data[k] = 2 * draw.uniform(k) - 1;
            largest = Math.max(largest, Math.abs(w.data[k]));
        }
        int top = (1 << bits) - 1;
        int[] words = new int[2 * rows];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(2 * top + 1, 1_000_000L + k) - top;
        }
        TwoPhase scheme = new TwoPhase(
                TIME, bias, TwoPhase.Inputs.SIGNED_WORDS, relu ? TwoPhase.Outputs.RELU : TwoPhase.Outputs.PAIR);
        double c = scheme.capacitance(rows, CURRENT, SWING);
        MacroResult result = Macro.builder()
                .mapping(new TwoPhaseMapping(scheme))
                .encoder(TwoPhaseEncoder.words(
                        PulseDriver.gates(Double.NEGATIVE_INFINITY, ON).build(), bits, TIME))
                .law(CELL)
                .readout(ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(0.7, Polarity.SOURCE, c).build(),
                                SWING)
                        .build())
                .build()
                .program(w, Die.of(RandomStreams.of(1)))
                .multiply(Codes.signed(bits + 1, 2, rows, words), 0);
        Edges out = (Edges) result.signal();
        for (int b = 0; b < 2; b++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int i = 0; i < rows; i++) {
                    sum += w.get(i, j) * words[b * rows + i] / top;
                }
                double y = TIME * sum / (2 * rows * largest);
                double found = relu ? out.high(b, j) : out.high(b, 2 * j) - out.high(b, 2 * j + 1);
                assertEquals(relu ? Math.max(0, y) : y, found, 1e-12 * TIME);
            }
        }
        assertEquals(0, result.saturation().total());
    }
}
