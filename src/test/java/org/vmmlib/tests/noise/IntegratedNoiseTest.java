package org.vmmlib.tests.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.crossbar.Lines;
import org.vmmlib.core.macro.InputEncoder;
import org.vmmlib.core.macro.Macro;
import org.vmmlib.core.macro.ProgrammedMacro;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.mapping.DifferentialPairs;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Constants;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Codes;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.devices.flash.FloatingGateCell;
import org.vmmlib.devices.reram.ConductanceWindow;
import org.vmmlib.devices.reram.LinearReram;
import org.vmmlib.noise.ReadNoise;
import org.vmmlib.noise.telegraph.TelegraphAmplitude;
import org.vmmlib.noise.telegraph.TelegraphNoise;
import org.vmmlib.peripherals.encoder.DigitEncoder;
import org.vmmlib.peripherals.encoder.PulseDriver;
import org.vmmlib.peripherals.encoder.PulseEncoder;
import org.vmmlib.peripherals.encoder.WordFormat;
import org.vmmlib.peripherals.integrator.Integrator;
import org.vmmlib.peripherals.sensing.Polarity;

/**
 * White noise of resistors, integrated on capacitors by whole circuits. Variances of 40,000 numbers are tested to six
 * standard deviations, 4.2 %: false failures 2e-9 each.
 */
class IntegratedNoiseTest {

    private static final int VECTORS = 5_000;
    private static final int OUTPUTS = 8;
    private static final int ROWS = 3;
    private static final int BITS = 4;
    private static final double UNIT = 10e-9;
    private static final double CAPACITANCE = 10e-12;
    private static final double HIGHEST = 100e-6;
    private static final double LOWEST = 10e-6;
    private static final double SIX_SIGMA = 6 * Math.sqrt(2.0 / (VECTORS * OUTPUTS));
    private static final double KT = Constants.BOLTZMANN * Conditions.ROOM.temperature();

    private static ProgrammedMacro macro(InputEncoder encoder, Readout readout, int columns, ReadNoise... noise) {
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, OUTPUTS);
        weights.fill(1);
        return Macro.builder()
                .mapping(new DifferentialPairs(false))
                .arraySize(ROWS, columns)
                .encoder(encoder)
                .law(new LinearReram(ConductanceWindow.of(LOWEST, HIGHEST)))
                .readout(readout)
                .effects(List.of(noise))
                .build()
                .program(weights, Die.of(RandomStreams.of(4)));
    }

    private static PulseDriver driver() {
        return PulseDriver.rows(0.1).build();
    }

    private static InputEncoder binaryTimes() {
        return DigitEncoder.temporal(driver(), BITS, WordFormat.UNSIGNED, UNIT);
    }

    private static Codes words(int vectors) {
        int[] words = new int[vectors * ROWS];
        for (int k = 0; k < words.length; k++) {
            words[k] = 15 - k % ROWS * 5;
        }
        return Codes.unsigned(BITS, vectors, ROWS, words);
    }

    /** What noise adds to the voltages of the pairs. */
    private static double[] added(InputEncoder encoder, Readout readout, int columns) {
        DMatrixRMaj clean = new DMatrixRMaj(1, 1);
        DMatrixRMaj noisy = new DMatrixRMaj(1, 1);
        macro(encoder, readout, columns).multiply(words(VECTORS), 0, clean);
        macro(encoder, readout, columns, ReadNoise.integrating()).multiply(words(VECTORS), 0, noisy);
        double[] out = new double[VECTORS * OUTPUTS];
        assertEquals(out.length, noisy.getNumElements());
        for (int k = 0; k < out.length; k++) {
            out[k] = noisy.data[k] - clean.data[k];
        }
        return out;
    }

    private static double[] durations(InputEncoder encoder) {
        return encoder.on(Die.of(RandomStreams.of(4)), ROWS).encode(words(1), 0).phases().stream()
                .map(Phase::durations)
                .mapToDouble(d -> d[0])
                .toArray();
    }

    /** A charge of {@code S t/2}, S = 4kTG of both columns of a pair, whether in one phase, as pulses end, or bit by bit. */
    @Test
    void theChargeOfAVectorHasTheSameVarianceHoweverItsTimeIsCut() {
        Readout readout =
                Integrator.virtualGround(0, Polarity.SINK, CAPACITANCE).build();
        InputEncoder pulses = PulseEncoder.of(driver(), BITS, WordFormat.UNSIGNED, UNIT);
        for (InputEncoder encoder : List.of(pulses, binaryTimes())) {
            double[] durations = durations(encoder);
            assertTrue(durations.length > 2);
            double time = Arrays.stream(durations).sum();
            double[] noise = added(encoder, readout, 2 * OUTPUTS);
            double expected = 4 * KT * ROWS * (HIGHEST + LOWEST) * time / 2 / (CAPACITANCE * CAPACITANCE);
            assertEquals(1, NoisyReads.covariance(noise, noise) / expected, SIX_SIGMA);
        }
    }

    /**
     * On a line whose capacitor the cells themselves discharge, noise relaxes as the signal does: with {@code x = t G/C} a
     * phase leaves {@code kT/C (2/x)(1 − e^−x)²}, which is {@code kT/C (1 − e^−2x)}, what is exact for white noise
     * (Ornstein, Uhlenbeck, Phys. Rev. 36, 823 (1930), doi:10.1103/PhysRev.36.823), within a part {@code x²/12}.
     */
    @Test
    void noiseOfALineThatMovesRelaxesTowardsKTOverC() {
        InputEncoder encoder = binaryTimes();
        double[] durations = durations(encoder);
        double expected = 0;
        for (double g : new double[] {ROWS * HIGHEST, ROWS * LOWEST}) {
            double variance = 0;
            double exact = 0;
            double longest = 0;
            for (double duration : durations) {
                double x = duration * g / CAPACITANCE;
                double left = Math.exp(-2 * x);
                variance = variance * left + KT / CAPACITANCE * (2 / x) * Math.pow(-Math.expm1(-x), 2);
                exact = exact * left + KT / CAPACITANCE * (1 - left);
                longest = Math.max(longest, x);
            }
            assertEquals(1, variance / exact, longest * longest / 12);
            expected += variance;
        }
        double[] noise =
                added(encoder, Integrator.onLine(0, Polarity.SINK, CAPACITANCE).build(), 2 * OUTPUTS);
        assertTrue(expected > KT / CAPACITANCE);
        assertEquals(1, NoisyReads.covariance(noise, noise) / expected, SIX_SIGMA);
    }

    /**
     * Traps that all hold their charge make every resistor larger by a tenth: a line that comes close to its rows ends where
     * the larger resistors let it, and not where the current that they took off at the start would.
     */
    @Test
    void whatAnEffectTakesFromACurrentFallsWithIt() {
        double volts = 0.1;
        TelegraphNoise full = TelegraphNoise.builder(1e-15, 1e9, 1)
                .amplitude(TelegraphAmplitude.constant(0.1), 0)
                .build();
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, 1);
        weights.fill(1);
        DMatrixRMaj levels = new DMatrixRMaj(1, 1);
        InputEncoder encoder = binaryTimes();
        Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(encoder)
                .law(new LinearReram(ConductanceWindow.of(LOWEST, HIGHEST)))
                .readout(Integrator.onLine(0, Polarity.SINK, CAPACITANCE).build())
                .effects(List.of(full))
                .build()
                .program(weights, Die.of(RandomStreams.of(4)))
                .multiply(Codes.unsigned(BITS, 1, ROWS, new int[] {15, 15, 15}), 0, levels);
        double x = Arrays.stream(durations(encoder)).sum() * ROWS / CAPACITANCE / 1.1;
        double expected = volts * (-Math.expm1(-x * HIGHEST) + Math.expm1(-x * LOWEST));
        assertTrue(x * HIGHEST > 1);
        assertEquals(expected, levels.data[0], 1e-9 * volts);
    }

    /**
     * Electrons that saturated subthreshold cells take from a line while its voltage falls, several pulls a phase: their number
     * is Poisson's, so a charge Q has the variance qQ, whatever the phases. Six standard deviations of a variance of 8,000.
     */
    @Test
    void electronsTakenFromAFallingLineAreCounted() {
        int vectors = 1_000;
        double on = 0.6;
        double capacitance = 20e-15;
        FloatingGateCell cell = FloatingGateCell.exponential()
                .saturation(true)
                .window(-0.2, 1)
                .dibl(0.02)
                .build();
        DMatrixRMaj weights = new DMatrixRMaj(ROWS, OUTPUTS);
        weights.fill(1);
        Macro.Builder circuit = Macro.builder()
                .mapping(new DifferentialPairs(false))
                .encoder(DigitEncoder.temporal(
                        PulseDriver.gates(Double.NEGATIVE_INFINITY, on).build(), BITS, WordFormat.UNSIGNED, UNIT))
                .law(cell)
                .readout(Integrator.onLine(0.5, Polarity.SOURCE, capacitance).build());
        DMatrixRMaj clean = new DMatrixRMaj(1, 1);
        DMatrixRMaj noisy = new DMatrixRMaj(1, 1);
        Die die = Die.of(RandomStreams.of(4));
        circuit.build().program(weights, die).multiply(words(vectors), 0, clean);
        circuit.effects(List.of(ReadNoise.integrating()))
                .build()
                .program(weights, die)
                .multiply(words(vectors), 0, noisy);
        DMatrixRMaj pair = new DMatrixRMaj(1, 2, true, new double[] {1, 0});
        double[] currents = NoisyReads.of(cell, cell.store(pair, Conditions.ROOM), Lines.ideal(1, 2), 0.5)
                .solved(NoisyReads.repeated(1, on), false, false)
                .columnCurrents
                .data;
        double ratio = currents[1] / currents[0];
        double fall = Math.abs(clean.data[0]);
        assertTrue(fall > 0.02 && fall < 0.3, "fall " + fall);
        double charge = fall * capacitance * (1 + ratio) / (1 - ratio);
        double[] noise = new double[vectors * OUTPUTS];
        for (int k = 0; k < noise.length; k++) {
            noise[k] = (noisy.data[k] - clean.data[k]) * capacitance;
        }
        double counted = NoisyReads.covariance(noise, noise) / (Constants.ELEMENTARY_CHARGE * charge);
        assertEquals(1, counted, 6 * Math.sqrt(2.0 / noise.length));
    }

    /**
     * Pairs, on one array or on two, are independent, and so are neighbouring vectors: the correlation of 5,000 numbers is
     * within six standard deviations.
     */
    @Test
    void columnsArraysAndVectorsAreIndependent() {
        Readout readout =
                Integrator.virtualGround(0, Polarity.SINK, CAPACITANCE).build();
        double[] noise = added(binaryTimes(), readout, OUTPUTS);
        double limit = 6 / Math.sqrt(VECTORS);
        double[][] columns = new double[OUTPUTS][VECTORS];
        double variance = NoisyReads.covariance(noise, noise);
        for (int k = 0; k < noise.length; k++) {
            columns[k % OUTPUTS][k / OUTPUTS] = noise[k];
        }
        for (int j = 0; j < OUTPUTS; j++) {
            for (int k = 0; k < j; k++) {
                assertEquals(0, NoisyReads.covariance(columns[j], columns[k]) / variance, limit, j + " and " + k);
            }
            double[] next = new double[VECTORS];
            System.arraycopy(columns[j], 1, next, 0, VECTORS - 1);
            assertEquals(0, NoisyReads.covariance(columns[j], next) / variance, limit, "vectors, column " + j);
        }
    }

    /** Pulses of unlike vectors end in phases of their own: their noise does not depend on which vectors are beside them. */
    @Test
    void aVectorHasTheSameNoiseWhateverVectorsAreBesideIt() {
        InputEncoder pulses = PulseEncoder.of(driver(), BITS, WordFormat.UNSIGNED, UNIT);
        ProgrammedMacro chip = macro(
                pulses,
                Integrator.virtualGround(0, Polarity.SINK, CAPACITANCE).build(),
                2 * OUTPUTS,
                ReadNoise.integrating());
        int[] words = {1, 2, 3, 15, 4, 9, 0, 0, 8, 5, 5, 5};
        double[] whole = chip.multiply(Codes.unsigned(BITS, 4, ROWS, words), 0).outputs().data;
        for (int b = 0; b < 4; b++) {
            int[] one = Arrays.copyOfRange(words, b * ROWS, (b + 1) * ROWS);
            double[] alone =
                    chip.multiply(Codes.unsigned(BITS, 1, ROWS, one), b).outputs().data;
            assertArrayEquals(Arrays.copyOfRange(whole, b * OUTPUTS, (b + 1) * OUTPUTS), alone);
        }
    }
}
