package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Superposition;
import org.vmmlib.core.macro.Wires;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.SpikeEncoder;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.SuccessiveRescaling;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.neuron.MultiBitNeuron;
import org.vmmlib.peripherals.neuron.NeuronReadout;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * A schedule collapses into one solve of its time-weighted drives wherever charges superpose, with the same result for any
 * array, words and wires; every readout whose columns move, clip, forget or fire is refused.
 */
class CollapseProperties {

    private static final LinearReram RESISTOR = new LinearReram(ConductanceWindow.aluminaTitania());
    private static final double UNIT = 2 * Si.ns;

    /** Encodings whose charges add. */
    enum Encoding {
        PULSES,
        BINARY_PULSES,
        SPIKES,
        RANDOM_SPIKES
    }

    private static InputEncoder encoder(Encoding encoding, int bits) {
        PulseDriver rows = PulseDriver.rows(0.2).levelSpread(0.01).build();
        double window = 4 * (1 << bits) * UNIT;
        return switch (encoding) {
            case PULSES -> PulseEncoder.of(rows, bits, WordFormat.UNSIGNED, UNIT);
            case BINARY_PULSES -> DigitEncoder.temporal(rows, bits, WordFormat.UNSIGNED, UNIT);
            case SPIKES -> SpikeEncoder.rates(rows, bits, 1, UNIT, window);
            case RANDOM_SPIKES -> SpikeEncoder.randomRates(rows, bits, 1, UNIT, window);
        };
    }

    private static Integrator.Builder ground() {
        return Integrator.virtualGround(0, Polarity.SINK, 1e-12);
    }

    private static Macro.Builder builder(InputEncoder encoder, Readout readout) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(encoder)
                .law(RESISTOR)
                .readout(readout);
    }

    @Property(tries = 40)
    void oneSolveGivesWhatThePhasesGive(
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 5) int outputs,
            @ForAll @IntRange(min = 1, max = 6) int bits,
            @ForAll Encoding encoding,
            @ForAll boolean wires,
            @ForAll boolean imperfect,
            @ForAll long seed) {
        RandomStream draw = RandomStreams.of(seed).stream("test", 0);
        DMatrixRMaj weights = new DMatrixRMaj(rows, outputs);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = 2 * draw.uniform(k) - 1;
        }
        int[] words = new int[3 * rows];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << bits, 1_000_000L + k);
        }
        Integrator readout =
                imperfect ? ground().capacitorMismatch(0.02).offset(3e-3).build() : ground().build();
        Macro.Builder builder = builder(encoder(encoding, bits), readout)
                .wires(
                        wires
                                ? Wires.resistive(1 + 20 * draw.uniform(1), 1 + 20 * draw.uniform(2), 100)
                                : Wires.ideal());
        Codes codes = Codes.unsigned(bits, 3, rows, words);
        Die die = Die.of(RandomStreams.of(seed));
        DMatrixRMaj phases = builder.superposition(Superposition.NEVER)
                .build()
                .program(weights, die)
                .multiply(codes, 5)
                .outputs();
        DMatrixRMaj once = builder.superposition(Superposition.REQUIRED)
                .build()
                .program(weights, die)
                .multiply(codes, 5)
                .outputs();
        double largest = 1e-30;
        for (double level : phases.data) {
            largest = Math.max(largest, Math.abs(level));
        }
        for (int k = 0; k < phases.data.length; k++) {
            assertEquals(phases.data[k], once.data[k], (wires ? 1e-9 : 1e-12) * largest);
        }
    }

    private static void refused(InputEncoder encoder, Readout readout) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> builder(encoder, readout)
                                .superposition(Superposition.REQUIRED)
                                .build(),
                        readout.datasheet().title())
                .getMessage();
        assertTrue(message.contains(encoder.datasheet().title()), message);
        assertTrue(message.toLowerCase(Locale.ROOT).contains("phase by phase"), message);
        assertTrue(message.contains(readout.datasheet().title()), message);
        builder(encoder, readout).build();
    }

    @Example
    void readoutsWhoseColumnsMoveClipForgetOrFireAreRefused() {
        InputEncoder pulses = encoder(Encoding.PULSES, 4);
        refused(pulses, ground().gain(100).build());
        refused(pulses, ground().leakage(1e-9).build());
        refused(pulses, ground().swing(0.5).build());
        refused(pulses, Integrator.onLine(0, Polarity.SINK, 1e-12).build());
        refused(pulses, NeuronReadout.spikes(MultiBitNeuron.opamp65(), Polarity.SINK, 0));
        PulseDriver rows = PulseDriver.rows(0.2).build();
        DigitEncoder bits = DigitEncoder.bits(rows, 4, WordFormat.UNSIGNED, 10 * Si.ns);
        refused(
                bits,
                SuccessiveRescaling.builder(ground().build(), new Coding.Digits(List.of(1.0, 2.0, 4.0, 8.0)))
                        .build());
        TwoPhase scheme =
                new TwoPhase(32 * Si.ns, TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        refused(
                TwoPhaseEncoder.words(rows, 4, 32 * Si.ns),
                ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(0, Polarity.SINK, 1e-12).build(),
                                0.2)
                        .build());
    }
}
