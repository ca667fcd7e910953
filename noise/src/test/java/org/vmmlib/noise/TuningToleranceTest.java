package org.vmmlib.noise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.vmmlib.core.crossbar.CellState;
import org.vmmlib.core.physics.Conditions;
import org.vmmlib.core.random.RandomStreams;

class TuningToleranceTest {

    private static final Resistors LAW = new Resistors();

    private static double[] errors(double tolerance, long seed) {
        DMatrixRMaj half = new DMatrixRMaj(100, 50);
        half.fill(0.5);
        CellState target = LAW.store(half, Conditions.ROOM);
        CellState tuned = new TuningTolerance(tolerance)
                .program(LAW, target, Conditions.ROOM, RandomStreams.of(seed).stream("array.tuning", 0));
        double[] relative = tuned.plane("conductance").data.clone();
        for (int k = 0; k < relative.length; k++) {
            relative[k] = relative[k] / 0.5e-3 - 1;
        }
        return relative;
    }

    /** Kolmogorov–Smirnov against the uniform law; fails falsely with probability 1e-7 for a new seed. */
    @Test
    void errorsAreUniformWithinTheTolerance() {
        double[] errors = errors(0.01, 5);
        assertTrue(Arrays.stream(errors).allMatch(e -> Math.abs(e) <= 0.01 + 1e-12));
        double p = new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(new UniformRealDistribution(null, -0.01, 0.01), errors);
        assertTrue(p > 1e-7, () -> "p = " + p);
    }

    @Test
    void errorsScaleWithTheToleranceAndKeepTheirDraw() {
        double[] one = errors(0.01, 9);
        double[] five = errors(0.05, 9);
        for (int k = 0; k < one.length; k++) {
            assertEquals(5 * one[k], five[k], 1e-12);
        }
        assertArrayEquals(new double[one.length], errors(0, 9), 1e-15);
    }

    @Test
    void aToleranceOutsideItsRangeIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new TuningTolerance(-0.01));
        assertThrows(IllegalArgumentException.class, () -> new TuningTolerance(1));
        assertThrows(IllegalArgumentException.class, () -> new TuningTolerance(Double.NaN));
    }
}
