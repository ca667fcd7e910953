package org.vmmlib.core.metrics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.random.NormalStream;
import org.vmmlib.core.random.RandomStreams;

class LinearityTest {

    private static int[] count(double[] levels, double... thresholds) {
        return Arrays.stream(levels)
                .mapToInt(level ->
                        (int) Arrays.stream(thresholds).filter(t -> t <= level).count())
                .toArray();
    }

    private static double[] steps(int count, double first, double step) {
        double[] out = new double[count];
        for (int k = 0; k < count; k++) {
            out[k] = first + k * step;
        }
        return out;
    }

    @Test
    void equalStepsHaveNoErrorWhateverTheMethod() {
        TransitionLevels levels = TransitionLevels.of(steps(255, -1.27, 0.01));
        for (Linearity linearity :
                List.of(Linearity.endPoint(levels, -1.27, 0.01), Linearity.bestFit(levels, -1.27, 0.01))) {
            assertEquals(1, linearity.gain(), 1e-12);
            assertEquals(0, linearity.offset(), 1e-10);
            assertEquals(0, linearity.largestInl(), 1e-10);
            assertEquals(0, linearity.largestDnl(), 1e-10);
            assertEquals(List.of(), linearity.missingCodes());
        }
    }

    @Test
    void gainAndOffsetAreTakenOutAndTold() {
        // Words come 3 % late and are 0.25 steps too high at input 0: T = (ideal − 0.25 Q) 1.03.
        double[] late = steps(15, 0.1, 0.1);
        for (int k = 0; k < late.length; k++) {
            late[k] = (late[k] - 0.025) * 1.03;
        }
        Linearity linearity = Linearity.endPoint(TransitionLevels.of(late), 0.1, 0.1);
        assertEquals(1 / 1.03, linearity.gain(), 1e-12);
        assertEquals(0.25, linearity.offset(), 1e-12);
        assertEquals(0, linearity.largestInl(), 1e-12);
        assertEquals(0, linearity.largestDnl(), 1e-12);
    }

    @Test
    void oneLevelOutOfPlaceShowsInItsInlAndTheDnlOfBothWords() {
        double[] levels = steps(7, 1, 1);
        levels[3] += 0.4;
        Linearity linearity = Linearity.endPoint(TransitionLevels.of(levels), 1, 1);
        assertArrayEquals(new double[] {0, 0, 0, -0.4, 0, 0, 0}, linearity.inl(), 1e-12);
        assertArrayEquals(new double[] {0, 0, 0.4, -0.4, 0, 0}, linearity.dnl(), 1e-12);
        assertEquals(0.4, linearity.largestInl(), 1e-12);
    }

    /** The regression of Commons Math, of ideal levels against those measured. */
    @Test
    void bestFitIsTheLineOfLeastSquares() {
        NormalStream normals = RandomStreams.of(8).stream("test", 0).normals();
        double[] levels = steps(63, 5e-6, 1e-7);
        for (int k = 0; k < levels.length; k++) {
            levels[k] = levels[k] * 1.1 - 3e-7 + 4e-8 * normals.at(k);
        }
        Arrays.sort(levels);
        Linearity linearity = Linearity.bestFit(TransitionLevels.of(levels), 5e-6, 1e-7);
        SimpleRegression line = new SimpleRegression();
        for (int k = 0; k < levels.length; k++) {
            line.addData(levels[k], 5e-6 + k * 1e-7);
        }
        assertEquals(line.getSlope(), linearity.gain(), 1e-10);
        assertEquals(line.getIntercept() / 1e-7, linearity.offset(), 1e-8);
        double[] inl = linearity.inl();
        for (int k = 0; k < levels.length; k++) {
            assertEquals((5e-6 + k * 1e-7 - line.predict(levels[k])) / 1e-7, inl[k], 1e-8);
        }
        double squares = Arrays.stream(inl).map(e -> e * e).sum();
        double byEnds = Arrays.stream(Linearity.endPoint(TransitionLevels.of(levels), 5e-6, 1e-7)
                        .inl())
                .map(e -> e * e)
                .sum();
        assertTrue(squares < byEnds);
    }

    @Test
    void wordsWithoutWidthAndWordsNeverReachedAreMissing() {
        double nowhere = Double.POSITIVE_INFINITY;
        TransitionLevels levels = TransitionLevels.of(1, 2, 2, 3.95, 4, 5, nowhere);
        Linearity linearity = Linearity.endPoint(levels, 1, 1);
        // Word 2 has no width, word 4 a twentieth, word 7 does not occur.
        assertEquals(List.of(2, 4, 7), linearity.missingCodes());
        assertTrue(Double.isNaN(linearity.inl()[6]));
        assertTrue(Double.isNaN(linearity.dnl()[5]));
        TransitionLevels early = TransitionLevels.of(Double.NEGATIVE_INFINITY, 2, 3);
        assertEquals(List.of(0), Linearity.endPoint(early, 1, 1).missingCodes());
    }

    @Test
    void searchFindsTheLevels() {
        double[] thresholds = {-0.7, -0.2, -0.2, 0.1, 0.11, 0.6, 0.9};
        TransitionLevels found = TransitionLevels.search(levels -> count(levels, thresholds), 3, -1, 1);
        assertArrayEquals(thresholds, found.levels(), 1e-15);
        TransitionLevels part = TransitionLevels.search(levels -> count(levels, thresholds), 3, -0.5, 0.7);
        assertEquals(Double.NEGATIVE_INFINITY, part.level(1));
        assertEquals(0.6, part.level(6), 1e-15);
        assertEquals(Double.POSITIVE_INFINITY, part.level(7));
    }

    /**
     * A level found from a ramp of steps h through noise σ is a sum of independent decisions: its variance is h σ/sqrt(π).
     * Fifteen bounds of 6 sigma fail falsely with probability 3e-8.
     */
    @Test
    void rampFindsTheLevelsThroughNoise() {
        double[] thresholds = steps(15, 0.5, 0.5);
        NormalStream normals = RandomStreams.of(9).stream("test", 0).normals();
        double sigma = 0.1;
        int samples = 100_000;
        TransitionLevels found = TransitionLevels.ramp(
                levels -> {
                    double[] noisy = levels.clone();
                    for (int k = 0; k < noisy.length; k++) {
                        noisy[k] += sigma * normals.at(k);
                    }
                    return count(noisy, thresholds);
                },
                4,
                -1,
                9,
                samples);
        double deviation = Math.sqrt(10.0 / samples * sigma / Math.sqrt(Math.PI));
        for (int k = 1; k <= 15; k++) {
            assertEquals(thresholds[k - 1], found.level(k), 6 * deviation);
        }
    }

    @Test
    void refusesLevelsOutOfOrderAndLinesThroughNothing() {
        String order = assertThrows(IllegalArgumentException.class, () -> TransitionLevels.of(1, 3, 2))
                .getMessage();
        assertEquals("levels[2] = 2.0: must be 3.0 or above; sort them", order);
        assertThrows(IllegalArgumentException.class, TransitionLevels::of);
        assertThrows(IllegalArgumentException.class, () -> TransitionLevels.of(Double.NaN));
        TransitionLevels one = TransitionLevels.of(1);
        assertThrows(IllegalArgumentException.class, () -> Linearity.endPoint(one, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Linearity.bestFit(TransitionLevels.of(2, 2, 2), 0, 1));
        TransitionLevels two = TransitionLevels.of(1, 2);
        assertThrows(IllegalArgumentException.class, () -> Linearity.endPoint(two, 0, 0));
        CodeTransfer none = levels -> new int[levels.length];
        assertThrows(IllegalArgumentException.class, () -> TransitionLevels.search(none, 3, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> TransitionLevels.search(none, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> TransitionLevels.ramp(none, 3, 0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> TransitionLevels.ramp(none, 3, 0, Double.NaN, 10));
    }
}
