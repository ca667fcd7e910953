package org.vmmlib.tests.macro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Block;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Activation;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.MacroResult;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStream;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.nand.NandBlock;
import org.vmmlib.devices.nand.NandString;
import org.vmmlib.peripherals.converter.TimeCounter;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.TwoPhaseEncoder;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.integrator.ThresholdReadout;
import org.vmmlib.peripherals.integrator.TwoPhase;
import org.vmmlib.peripherals.integrator.TwoPhaseMapping;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * A plane of 3D-NAND strings, their bit-select lines driven by pulses of 4-bit words at 1 GHz, bit lines that integrate up
 * to the threshold of a latch, and a shared counter: the multiplier of 3D-aCortex (arXiv:1908.02472).
 */
class NandTimeDomainTest {

    private static final int BITS = 4;
    private static final double TIME = 16 * Si.ns;
    private static final double SWING = 0.2;
    private static final int ROWS = 12;
    private static final int COLUMNS = 8;
    private static final int VECTORS = 10;
    private static final NandString STRING = NandBlock.acortex3d().string().select(31);
    private static final DMatrixRMaj WEIGHTS = weights();
    private static final Codes WORDS = words();

    private static DMatrixRMaj weights() {
        RandomStream draw = RandomStreams.of(7).stream("weights", 0);
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, COLUMNS);
        for (int k = 0; k < weights.data.length; k++) {
            weights.data[k] = k == 0 ? 1 : draw.below(16, k) / 15.0;
        }
        return weights;
    }

    private static Codes words() {
        RandomStream draw = RandomStreams.of(7).stream("words", 0);
        int[] words = new int[VECTORS * ROWS];
        for (int k = 0; k < words.length; k++) {
            words[k] = draw.below(1 << BITS, k);
        }
        return Codes.unsigned(BITS, VECTORS, ROWS, words);
    }

    private static TwoPhase scheme(TwoPhase.Bias bias) {
        return new TwoPhase(TIME, bias, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
    }

    private static Macro.Builder circuit(NandString string, TwoPhase scheme, double sizingCurrent) {
        double c = scheme.capacitance(ROWS, sizingCurrent, SWING);
        return Macro.builder()
                .mapping(new TwoPhaseMapping(scheme))
                .encoder(TwoPhaseEncoder.words(
                        PulseDriver.gates(0, string.onVoltage()).build(), BITS, TIME))
                .law(string)
                .readout(ThresholdReadout.builder(
                                scheme,
                                Integrator.onLine(string.drainVoltage(), Polarity.SOURCE, c)
                                        .build(),
                                SWING)
                        .build());
    }

    private static MacroResult multiply(Macro.Builder circuit) {
        return circuit.build().program(WEIGHTS, Die.of(RandomStreams.of(1))).multiply(WORDS, 0);
    }

    /** (1/N) Σ w x, the share of T that a pulse lasts. */
    private static double share(int vector, int column) {
        double sum = 0;
        for (int i = 0; i < ROWS; i++) {
            sum += WEIGHTS.get(i, column) * WORDS.get(vector, i) / 15.0;
        }
        return sum / ROWS;
    }

    /** Strings without series resistance and DIBL; an unselected bit-select line is an open switch. */
    @Test
    void idealStringsGiveTheProduct() {
        NandString ideal = Block.ideal(STRING);
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            MacroResult counted = multiply(circuit(ideal, scheme(bias), ideal.maxCurrent())
                    .converter(TimeCounter.builder(BITS, Activation.RELU, TIME).build()));
            DMatrixRMaj lengths =
                    multiply(circuit(ideal, scheme(bias), ideal.maxCurrent())).outputs();
            Codes codes = assertInstanceOf(Codes.class, counted.signal());
            for (int b = 0; b < VECTORS; b++) {
                for (int j = 0; j < COLUMNS; j++) {
                    // Ideal, but for the channel's own saturation, 1 − exp(−0.5 V/U_t), and weights of 0
                    assertEquals(share(b, j), lengths.get(b, j) / TIME, 1e-6);
                    double periods = share(b, j) * 16;
                    if (Math.abs(periods - Math.rint(periods)) > 1e-4) {
                        assertEquals((int) periods, codes.get(b, j), bias + ", " + periods);
                    }
                }
            }
            assertEquals(0, counted.saturation().total());
        }
    }

    /** Largest error of a pulse, as a share of T, with capacitors sized for the current at reset. */
    private static double error(NandString string, TwoPhase.Bias bias) {
        DMatrixRMaj lengths =
                multiply(circuit(string, scheme(bias), string.maxCurrent())).outputs();
        double most = 0;
        for (int b = 0; b < VECTORS; b++) {
            for (int j = 0; j < COLUMNS; j++) {
                most = Math.max(most, Math.abs(lengths.get(b, j) / TIME - share(b, j)));
            }
        }
        return most;
    }

    /** 3D-aCortex computes with 5 bits: errors within half a step of these, in the middle of the block. */
    @Test
    void publishedStringsArePreciseToFiveBits() {
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            double error = error(STRING, bias);
            assertTrue(error < 0x1p-6, bias + ": " + error);
            MacroResult counted = multiply(circuit(STRING, scheme(bias), STRING.maxCurrent())
                    .converter(TimeCounter.builder(BITS, Activation.RELU, TIME).build()));
            Codes codes = assertInstanceOf(Codes.class, counted.signal());
            for (int b = 0; b < VECTORS; b++) {
                for (int j = 0; j < COLUMNS; j++) {
                    // The counter rounds down: a step less if the error takes the length over an edge of the clock
                    double periods = share(b, j) * 16;
                    int least = (int) Math.max(0, Math.floor(periods - 0x1p-6 * 16));
                    int most = (int) Math.floor(periods + 0x1p-6 * 16);
                    int word = codes.get(b, j);
                    assertTrue(least <= word && word <= most, bias + ", " + periods + " periods: " + word);
                }
            }
            assertEquals(0, counted.saturation().total());
        }
    }

    /** Pass cells below the selected one degenerate it; those above take from its drain voltage, and let it saturate less. */
    @Test
    void aLayerNearTheBitLineIsMorePreciseThanOneNearTheSourceLine() {
        for (TwoPhase.Bias bias : TwoPhase.Bias.values()) {
            double bottom = error(STRING.select(0), bias);
            double middle = error(STRING, bias);
            double top = error(STRING.select(63), bias);
            assertTrue(bottom > 1.2 * middle && middle > 1.2 * top, bottom + ", " + middle + ", " + top);
        }
    }
}
