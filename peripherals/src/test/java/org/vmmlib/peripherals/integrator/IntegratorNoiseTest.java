package org.vmmlib.peripherals.integrator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.macro.Coding;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;
import org.vmmlib.core.signal.Connections;
import org.vmmlib.core.signal.DriveKind;
import org.vmmlib.core.signal.DriveSchedule;
import org.vmmlib.core.signal.Edges;
import org.vmmlib.core.signal.Levels;
import org.vmmlib.core.signal.Phase;
import org.vmmlib.core.signal.Signal;
import org.vmmlib.peripherals.sensing.Polarity;

/** White noise of integrating amplifiers, against the integral of white noise. */
class IntegratorNoiseTest {

    private static final Die DIE = Die.of(RandomStreams.of(8));
    private static final double C = 1e-12;
    private static final double TIME = 1e-6;
    private static final double[][] CONDUCTANCES = {{10e-6, 40e-6}};
    private static final int VECTORS = 40_000;

    private static Integrator.Builder noisy(double density) {
        return Integrator.virtualGround(0, Polarity.SINK, C).noise(density);
    }

    /** Columns of grounded conductances, which a drive of 1 connects: of a column voltage v they give −G v. */
    private static ScheduledArray grounded() {
        return new ScheduledArray(CONDUCTANCES, v -> -v, true);
    }

    private static DriveSchedule schedule(int vectors, double... lengths) {
        List<Phase> phases = new ArrayList<>();
        for (double length : lengths) {
            DMatrixRMaj on = new DMatrixRMaj(vectors, 1);
            on.fill(1);
            double[] durations = new double[vectors];
            Arrays.fill(durations, length);
            phases.add(new Phase(durations, on, Connections.all(1)));
        }
        return new DriveSchedule(DriveKind.ROW_VOLTAGE, phases);
    }

    private static Signal output(Readout readout, ScheduledArray array, long firstCall, DriveSchedule schedule) {
        Readout.Session session = readout.on(DIE, 2, Conditions.ROOM).begin(schedule.vectors(), firstCall);
        array.run(schedule, session);
        return session.finish(new Saturation());
    }

    private static double[] levels(Readout readout, long firstCall, DriveSchedule schedule) {
        return ((Levels) output(readout, grounded(), firstCall, schedule)).values().data;
    }

    private static double meanProduct(double[] values, int one, int other) {
        double sum = 0;
        for (int b = 0; b < values.length / 2; b++) {
            sum += values[2 * b + one] * values[2 * b + other];
        }
        return sum / (values.length / 2.0);
    }

    /**
     * {@code e_n G √(t/2) / C}, however the time is cut into phases. Six standard deviations of two variances and a covariance
     * of 40,000 normal numbers, three times: it fails by chance with a probability below 2e-8.
     */
    @Test
    void whiteNoiseOfTheColumnIsIntegratedOverItsConductance() {
        double[][] cuts = {{TIME}, {0.25 * TIME, 0.75 * TIME}, {0.1 * TIME, 0, 0.2 * TIME, 0.3 * TIME, 0.4 * TIME}};
        for (double[] cut : cuts) {
            double[] v = levels(noisy(30e-9).build(), 0, schedule(VECTORS, cut));
            double[] sigmas = new double[2];
            for (int j = 0; j < 2; j++) {
                sigmas[j] = 30e-9 * CONDUCTANCES[0][j] * Math.sqrt(TIME / 2) / C;
                assertEquals(1, meanProduct(v, j, j) / (sigmas[j] * sigmas[j]), 6 * Math.sqrt(2.0 / VECTORS));
            }
            assertEquals(0, meanProduct(v, 0, 1) / (sigmas[0] * sigmas[1]), 6 / Math.sqrt(VECTORS));
        }
    }

    /**
     * With a gain of A the column also moves with the capacitor, which the noise charges: C' = C, and V decays with the time
     * constant (1 + A) C/G, so the variance is {@code e_n² G² (1 − e^(−2t/τ)) τ / (4 C²)} of white noise; of its mean over each
     * of 200 phases it is that within 1e-4. The output is A/(1 + A) of V. Six standard deviations: below 2e-9.
     */
    @Test
    void noiseThroughAFiniteGainIsThatOfAFirstOrderLowPass() {
        int vectors = 4_000;
        double gain = 20;
        double[] lengths = new double[200];
        Arrays.fill(lengths, TIME / lengths.length);
        double[] v = levels(noisy(30e-9).gain(gain).build(), 5, schedule(vectors, lengths));
        double g = CONDUCTANCES[0][1];
        double tau = (1 + gain) * C / g;
        double share = gain / (1 + gain);
        double variance = share * share * 9e-16 * g * g / (C * C) * tau / 4 * -Math.expm1(-2 * TIME / tau);
        assertTrue(TIME / tau > 1);
        assertEquals(1, meanProduct(v, 1, 1) / variance, 6 * Math.sqrt(2.0 / vectors));
    }

    /** A share halves what came before: {@code Σ r^(2k)} of the phases' variances. Six standard deviations: below 4e-9. */
    @Test
    void successiveRescalingSharesTheNoiseOfEarlierDigits() {
        Coding.Digits digits = new Coding.Digits(List.of(1.0, 2.0, 4.0));
        Readout readout =
                SuccessiveRescaling.builder(noisy(30e-9).build(), digits).build();
        double[] v = levels(readout, 0, schedule(VECTORS, TIME, TIME, TIME));
        double sum = 1 / 4.0 + 1 / 16.0 + 1 / 64.0;
        for (int j = 0; j < 2; j++) {
            double sigma = 30e-9 * CONDUCTANCES[0][j] * Math.sqrt(TIME / 2) / C;
            assertEquals(1, meanProduct(v, j, j) / (sum * sigma * sigma), 6 * Math.sqrt(2.0 / VECTORS));
        }
        assertEquals("integrator.noise", readout.imperfections().get(0).id());
        assertTrue(readout.without("integrator.noise").imperfections().isEmpty());
    }

    /**
     * Sources of current I beside the conductance: a threshold that is met in the middle of the second phase is met
     * {@code (G/I) (T n_1 + T/2 n_2)} later. Six standard deviations, and 1e-3 for the second order: below 2e-9.
     */
    @Test
    void aThresholdIsMetLaterByTheChargeOfTheNoise() {
        double g = CONDUCTANCES[0][0];
        ScheduledArray array = new ScheduledArray(CONDUCTANCES, v -> 1 - v, true);
        double swing = 1.5 * g * TIME / C;
        TwoPhase scheme =
                new TwoPhase(TIME, TwoPhase.Bias.BOTH_PHASES, TwoPhase.Inputs.UNSIGNED, TwoPhase.Outputs.SINGLE);
        Readout readout =
                ThresholdReadout.builder(scheme, noisy(30e-9).build(), swing).build();
        Edges edges = (Edges) output(readout, array, 0, schedule(VECTORS, TIME, TIME));
        double sum = 0;
        for (int b = 0; b < VECTORS; b++) {
            double late = edges.times(b, 0)[0] - 0.5 * TIME;
            sum += late * late;
        }
        double variance = 9e-16 / (2 * TIME) * 1.25 * TIME * TIME;
        assertEquals(1, sum / VECTORS / variance, 6 * Math.sqrt(2.0 / VECTORS) + 1e-3);
    }

    @Test
    void noiseIsOfTheVectorWhereverTheBatchIsCut() {
        Integrator integrator = noisy(30e-9).gain(100).build();
        double[] whole = levels(integrator, 40, schedule(6, TIME, 2 * TIME));
        Readout.Columns columns = integrator.on(DIE, 2, Conditions.ROOM);
        for (int b = 0; b < 6; b++) {
            Readout.Session session = columns.begin(1, 40 + b);
            grounded().run(schedule(1, TIME, 2 * TIME), session);
            double[] one = ((Levels) session.finish(new Saturation())).values().data;
            assertArrayEquals(Arrays.copyOfRange(whole, 2 * b, 2 * b + 2), one);
        }
    }

    @Test
    void phasesWithNoiseOfTheirOwnDoNotSuperpose() {
        assertFalse(noisy(1e-9).build().superposes());
        assertTrue(noisy(0).build().superposes());
        assertTrue(noisy(1e-9).build().without("integrator.noise").superposes());
    }

    @Test
    void aLineHasNoAmplifierToMakeNoise() {
        Integrator.Builder line = Integrator.onLine(0, Polarity.SINK, C);
        assertThrows(IllegalArgumentException.class, () -> line.noise(1e-9));
        assertThrows(IllegalArgumentException.class, () -> noisy(-1e-9));
        assertThrows(IllegalArgumentException.class, () -> noisy(Double.NaN));
    }
}
