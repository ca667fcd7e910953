package org.vmmlib.peripherals.sensing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.block.Die;
import org.vmmlib.core.block.Imperfection;
import org.vmmlib.core.macro.Readout;
import org.vmmlib.core.macro.Saturation;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.physics.Si;
import org.vmmlib.core.random.RandomStreams;

/** White noise of what senses a column, against its closed form. */
class SenseNoiseTest {

    private static final double[] CONDUCTANCES = {1e-6, 20e-6, 0};
    private static final double BANDWIDTH = 5e6;
    private static final int VECTORS = 40_000;

    private static double[] levels(Readout readout, Die die, int firstCall, int vectors, double sourceResistance) {
        double[] sources = new double[vectors];
        Arrays.fill(sources, 0.1);
        ResistiveArray array = new ResistiveArray(sources, sourceResistance, CONDUCTANCES);
        return ReadoutContract.levels(readout.on(die, 3, Conditions.ROOM), firstCall, array, new Saturation())
                .values()
                .data;
    }

    private static double covariance(double[] levels, int one, int other) {
        double sum = 0;
        double left = 0;
        double right = 0;
        int count = levels.length / 3;
        for (int b = 0; b < count; b++) {
            left += levels[3 * b + one];
            right += levels[3 * b + other];
            sum += (levels[3 * b + one] - levels[one]) * (levels[3 * b + other] - levels[other]);
        }
        return sum / count - (left / count - levels[one]) * (right / count - levels[other]);
    }

    /**
     * Six standard deviations of the variance and the covariance of 40,000 normal numbers, of three columns and three pairs of
     * them: it fails by chance with a probability below 2e-8.
     */
    private static void assertIndependent(Readout readout, DoubleUnaryOperator sigmaOfConductance) {
        double[] levels = levels(readout, ReadoutContract.DIE, 3, VECTORS, 0);
        for (int j = 0; j < 3; j++) {
            double sigma = sigmaOfConductance.applyAsDouble(CONDUCTANCES[j]);
            double other = sigmaOfConductance.applyAsDouble(CONDUCTANCES[(j + 1) % 3]);
            assertEquals(1, covariance(levels, j, j) / (sigma * sigma), 6 * Math.sqrt(2.0 / VECTORS));
            assertEquals(0, covariance(levels, j, (j + 1) % 3) / (sigma * other), 6 / Math.sqrt(VECTORS));
        }
    }

    private static final Readout MIRROR = MirrorSensing.builder(0, Polarity.SINK)
            .gain(0.25)
            .noise(2e-12, BANDWIDTH)
            .build();
    private static final Readout CONVEYOR = ConveyorSensing.builder(0, Polarity.SINK)
            .gain(-3)
            .noise(2e-12, BANDWIDTH)
            .build();
    private static final Readout AMPLIFIER = TransimpedanceSensing.builder(0, Polarity.SINK, 100 * Si.kOhm)
            .noise(10e-9, BANDWIDTH)
            .build();

    @Test
    void noiseOfAMirrorIsItsInputCurrentTimesItsGain() {
        assertIndependent(MIRROR, g -> 0.25 * 2e-12 * Math.sqrt(BANDWIDTH));
    }

    @Test
    void noiseOfAConveyorIsItsInputCurrentTimesItsGain() {
        assertIndependent(CONVEYOR, g -> 3 * 2e-12 * Math.sqrt(BANDWIDTH));
    }

    /** Noise gain 1 + R G: 1.1, 3 and 1. */
    @Test
    void noiseOfATransimpedanceAmplifierAppearsWithTheNoiseGain() {
        assertIndependent(AMPLIFIER, g -> 10e-9 * Math.sqrt(BANDWIDTH) * (1 + 100 * Si.kOhm * g));
    }

    /**
     * A source resistance r feeds both columns: column 0 gets −G_0 (1 − r G_0/D) of its own noise and r G_0 G_1/D of the
     * other's, D = 1 + r (G_0 + G_1), by Kirchhoff's law. Six standard deviations: below 1e-8 to fail by chance.
     */
    @Test
    void noiseThroughASharedWordLineReachesTheNeighbour() {
        double rs = 500 * Si.kOhm;
        double[] levels = levels(AMPLIFIER, ReadoutContract.DIE, 0, VECTORS, rs);
        double r = 100 * Si.kOhm;
        double d = 1 + rs * (CONDUCTANCES[0] + CONDUCTANCES[1]);
        double[] own = new double[2];
        for (int j = 0; j < 2; j++) {
            own[j] = -1 - r * CONDUCTANCES[j] * (1 - rs * CONDUCTANCES[j] / d);
        }
        double cross = r * rs * CONDUCTANCES[0] * CONDUCTANCES[1] / d;
        double variance = 1e-16 * BANDWIDTH;
        double expected = variance * cross * (own[0] + own[1]);
        double first = variance * (own[0] * own[0] + cross * cross);
        double second = variance * (own[1] * own[1] + cross * cross);
        double deviation = Math.sqrt((first * second + expected * expected) / VECTORS);
        assertTrue(Math.abs(expected) > 20 * deviation);
        assertEquals(expected, covariance(levels, 0, 1), 6 * deviation);
    }

    @Test
    void noiseIsOfTheVectorWhereverTheBatchIsCut() {
        for (Readout readout : List.of(MIRROR, CONVEYOR, AMPLIFIER)) {
            double[] whole = levels(readout, ReadoutContract.DIE, 70, 7, 1e3);
            for (int b = 0; b < 7; b++) {
                assertArrayEquals(
                        Arrays.copyOfRange(whole, 3 * b, 3 * b + 3),
                        levels(readout, ReadoutContract.DIE, 70 + b, 1, 1e3));
            }
            for (Die other : List.of(
                    ReadoutContract.DIE.part(1),
                    new Die(new RandomStreams(11, 1), 0),
                    new Die(new RandomStreams(12, 0), 0))) {
                assertNotEquals(whole[0], levels(readout, other, 70, 7, 1e3)[0]);
            }
            assertNotEquals(whole[0], whole[3]);
        }
    }

    @Test
    void noiseIsAnImperfectionThatIsOffUntilGiven() {
        for (Readout readout : List.of(MIRROR, CONVEYOR, AMPLIFIER)) {
            assertEquals(
                    List.of("sense.noise"),
                    readout.imperfections().stream().map(Imperfection::id).toList());
            Readout quiet = readout.without("sense.noise");
            assertTrue(quiet.imperfections().isEmpty());
            double[] levels = levels(quiet, ReadoutContract.DIE, 0, 2, 0);
            assertEquals(levels[0], levels[3]);
            assertFalse(readout.superposes());
        }
        assertTrue(
                MirrorSensing.acortex55nm(0.5).imperfections().stream().noneMatch(i -> i.id().equals("sense.noise")));
    }

    @Test
    void noiseThatCannotBeIsRefused() {
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> MirrorSensing.builder(0, Polarity.SINK).noise(bad, 1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ConveyorSensing.builder(0, Polarity.SINK).noise(1e-12, bad));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TransimpedanceSensing.builder(0, Polarity.SINK, 1).noise(bad, 1));
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> TransimpedanceSensing.builder(0, Polarity.SINK, 1).noise(1e-9, 0));
    }
}
