package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.macro.Effect;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Superposition;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.physics.WhiteNoise;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.RowNoise;
import org.vmmlib.peripherals.dac.VoltageDac;
import org.vmmlib.peripherals.encoder.AmplitudeEncoder;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.sensing.Polarity;
import org.vmmlib.peripherals.sensing.TransimpedanceSensing;

/** Noise of DACs, amplifiers and integrators in whole circuits of resistive cells. */
class BlockNoiseTest {

    private static final double FEEDBACK = 10 * Si.kOhm;
    private static final double BANDWIDTH = 20e6;
    private static final LinearReram CELLS = new LinearReram(ConductanceWindow.of(0, 100 * Si.uS));
    private static final DMatrixRMaj WEIGHTS = new DMatrixRMaj(new double[][] {{1, 0.5}, {0.25, 0.75}});

    private static Macro.Builder circuit(Effect... effects) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(new AmplitudeEncoder(
                        VoltageDac.builder(4, 0.15)
                                .stringResistance(400 * Si.kOhm)
                                .unitMismatch(0.02)
                                .build(),
                        1e-6))
                .law(CELLS)
                .readout(amplifiers(0))
                .effects(List.of(effects));
    }

    private static Readout amplifiers(double density) {
        return TransimpedanceSensing.builder(0, Polarity.SINK, FEEDBACK)
                .gainError(0.01)
                .offset(1 * Si.mV)
                .noise(density, BANDWIDTH)
                .build();
    }

    private static double[] outputs(Macro macro, int first, int vectors) {
        int[] words = new int[2 * vectors];
        for (int k = 0; k < words.length; k++) {
            words[k] = k % 2 == 0 ? 6 : 9;
        }
        return macro.program(WEIGHTS, Die.of(RandomStreams.of(17)))
                .multiply(Codes.unsigned(4, vectors, 2, words), first)
                .outputs()
                .data;
    }

    private static List<String> ids(Macro macro) {
        return macro.imperfections().stream().map(Imperfection::id).toList();
    }

    private static double covariance(double[] values, int one, int other) {
        double[] means = new double[2];
        int count = values.length / 2;
        for (int b = 0; b < count; b++) {
            means[0] += values[2 * b + one] / count;
            means[1] += values[2 * b + other] / count;
        }
        double sum = 0;
        for (int b = 0; b < count; b++) {
            sum += (values[2 * b + one] - means[0]) * (values[2 * b + other] - means[1]);
        }
        return sum / count;
    }

    /**
     * Rows i at 0.06 and 0.09 V of 0.15 V have 4kTR · 0.24 of the string R each, which the columns weigh by their weights:
     * {@code Cov_jk = R_f² S B Σ_i G_ij G_ik}. Six standard deviations of three moments of 40,000 normal numbers: below 6e-9.
     */
    @Test
    void noiseOfTheDacsIsCommonToTheColumnsByTheirWeights() {
        int vectors = 40_000;
        Macro macro = circuit(new RowNoise(BANDWIDTH)).build();
        for (String id : List.of("dac.unit-mismatch", "sense.gain", "sense.offset")) {
            macro = macro.without(id);
        }
        double[] values = outputs(macro, 0, vectors);
        double density =
                WhiteNoise.thermal(400 * Si.kOhm * 0.24, macro.conditions().temperature());
        double unit = FEEDBACK * 100 * Si.uS;
        double[] w = WEIGHTS.data;
        double[][] expected = new double[2][2];
        for (int j = 0; j < 2; j++) {
            for (int k = 0; k < 2; k++) {
                expected[j][k] = density * BANDWIDTH * unit * unit * (w[j] * w[k] + w[2 + j] * w[2 + k]);
            }
        }
        for (int j = 0; j < 2; j++) {
            for (int k = j; k < 2; k++) {
                double deviation =
                        Math.sqrt((expected[j][j] * expected[k][k] + expected[j][k] * expected[j][k]) / vectors);
                assertTrue(expected[j][k] > 20 * deviation);
                assertEquals(expected[j][k], covariance(values, j, k), 6 * deviation);
            }
        }
    }

    /** One row's noise alone moves both columns by its weights, 1 and 0.5, exactly. */
    @Test
    void noiseOfOneRowIsFullyCorrelatedOverTheColumns() {
        Macro noisy = circuit(new RowNoise(BANDWIDTH)).build();
        for (String id : List.of("dac.unit-mismatch", "sense.gain", "sense.offset")) {
            noisy = noisy.without(id);
        }
        DMatrixRMaj row = new DMatrixRMaj(new double[][] {{1, 0.5}});
        double[] values = noisy.program(row, Die.of(RandomStreams.of(17)))
                .multiply(Codes.unsigned(4, 50, 1, filled(50, 8)), 0)
                .outputs()
                .data;
        double meant = noisy.without("rows.noise")
                .program(row, Die.of(RandomStreams.of(17)))
                .multiply(Codes.unsigned(4, 1, 1, filled(1, 8)), 0)
                .outputs()
                .data[0];
        for (int b = 0; b < 50; b++) {
            assertTrue(Math.abs(values[2 * b] / meant - 1) > 1e-9);
            assertEquals(0.5 * values[2 * b], values[2 * b + 1], 1e-12 * meant);
        }
    }

    private static int[] filled(int count, int word) {
        int[] words = new int[count];
        Arrays.fill(words, word);
        return words;
    }

    @Test
    void withoutNoiseAllOtherDrawsAreTheSameBits() {
        Effect rows = new RowNoise(BANDWIDTH);
        Effect cells = new ReadNoise(BANDWIDTH);
        Macro all = circuit(rows, cells).readout(amplifiers(20e-9)).build();
        assertTrue(ids(all).containsAll(List.of("sense.noise", "rows.noise", "sense.offset", "dac.unit-mismatch")));
        Macro quietAmplifiers = all.without("sense.noise");
        assertFalse(ids(quietAmplifiers).contains("sense.noise"));
        assertEquals(ids(all).size() - 1, ids(quietAmplifiers).size());
        assertArrayEquals(outputs(circuit(rows, cells).build(), 30, 20), outputs(quietAmplifiers, 30, 20));
        Macro quietRows = all.without("rows.noise");
        assertFalse(ids(quietRows).contains("rows.noise"));
        assertArrayEquals(
                outputs(circuit(cells).readout(amplifiers(20e-9)).build(), 30, 20), outputs(quietRows, 30, 20));
        double[] whole = outputs(all, 30, 20);
        assertArrayEquals(Arrays.copyOfRange(whole, 10, 40), outputs(all, 35, 15));
        double[] quiet = outputs(quietAmplifiers, 30, 20);
        for (int k = 0; k < whole.length; k++) {
            assertTrue(whole[k] != quiet[k]);
        }
    }

    private static Macro.Builder temporal(Integrator readout, Superposition superposition) {
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(DigitEncoder.temporal(PulseDriver.rows(0.1).build(), 4, WordFormat.UNSIGNED, 100 * Si.ns))
                .law(CELLS)
                .readout(readout)
                .superposition(superposition);
    }

    /**
     * Differences of columns of 125 µS in sum (weights 1 and 0.25, whose other halves are 0) over 15 units of 100 ns:
     * {@code e_n G √(t/2)/C}; six standard deviations of 20,000 vectors: below 2e-9.
     */
    @Test
    void noisyIntegratorsAreSolvedPhaseByPhase() {
        Integrator integrator = Integrator.virtualGround(0, Polarity.SINK, 20e-12)
                .noise(50e-9)
                .capacitorMismatch(0.01)
                .build();
        Macro noisy = temporal(integrator, Superposition.WHERE_EXACT).build();
        assertEquals(List.of("integrator.capacitor", "integrator.noise"), ids(noisy));
        Integrator quiet = integrator.toBuilder().noise(0).build();
        assertArrayEquals(
                outputs(temporal(quiet, Superposition.WHERE_EXACT).build(), 3, 5),
                outputs(noisy.without("integrator.noise"), 3, 5));
        assertThrows(
                IllegalArgumentException.class,
                () -> temporal(integrator, Superposition.REQUIRED).build());
        int vectors = 20_000;
        assertArrayEquals(outputs(temporal(integrator, Superposition.NEVER).build(), 0, 50), outputs(noisy, 0, 50));
        double[] values = outputs(noisy.without("integrator.capacitor"), 0, vectors);
        double sigma = 50e-9 * 125 * Si.uS * Math.sqrt(1.5e-6 / 2) / 20e-12;
        assertEquals(1, covariance(values, 0, 0) / (sigma * sigma), 6 * Math.sqrt(2.0 / vectors));
    }
}
